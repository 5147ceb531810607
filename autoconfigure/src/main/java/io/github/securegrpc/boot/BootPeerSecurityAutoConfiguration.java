package io.github.securegrpc.boot;

import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.security.AuthenticationProcessInterceptor;
import org.springframework.grpc.server.security.GrpcAuthenticationExtractor;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.util.ClassUtils;

import io.github.securegrpc.engine.PeerAuthentication;
import io.github.securegrpc.engine.PeerAuthorities;
import io.github.securegrpc.material.RefusedException;

/**
 * Authenticates each call as its peer where the application says what authorities peers
 * have. The application's {@link AuthenticationManager}, if it has one, is for its other
 * entrances: it is neither asked nor replaced. An application that authenticates calls by
 * itself as well does not start, unless it does so with the extractor of this.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(
		beforeName = "org.springframework.boot.grpc.server.autoconfigure.security.GrpcServerSecurityAutoConfiguration")
@ConditionalOnClass({ AuthenticationManager.class, GrpcAuthenticationExtractor.class })
@ConditionalOnBean(PeerAuthorities.class)
public final class BootPeerSecurityAutoConfiguration {

	/* What spring-grpc's interceptor loads with the first call. */
	private static final String CONFIGURATION = "org.springframework.security.config.annotation.AbstractConfiguredSecurityBuilder";

	private static final String EXTRACTOR = "secureGrpcPeerAuthenticationExtractor";

	@Bean
	SmartInitializingSingleton secureGrpcPeerAuthoritiesGuard(ConfigurableListableBeanFactory beans) {
		return () -> {
			if (!ClassUtils.isPresent(CONFIGURATION, beans.getBeanClassLoader())) {
				throw new RefusedException(
						"bean %s says which authorities peers have, but spring-grpc authenticates no call without spring-security-config (expected: on the class path)"
							.formatted(names(beans, PeerAuthorities.class)),
						"Add spring-boot-starter-security or spring-security-config.");
			}
			if (!beans.containsBean(EXTRACTOR)) {
				throw new RefusedException(
						"bean %s says which authorities peers have, but is not asked: extractors %s of the application say who calls (expected: one of the two)"
							.formatted(names(beans, PeerAuthorities.class),
									names(beans, GrpcAuthenticationExtractor.class)),
						"Remove the PeerAuthorities bean, or the application's own extractor. An extractor of yours finds the peer with PeerIdentity.current().");
			}
		};
	}

	private static List<String> names(ListableBeanFactory beans, Class<?> type) {
		return List.of(beans.getBeanNamesForType(type));
	}

	@Bean(EXTRACTOR)
	@ConditionalOnMissingBean
	GrpcAuthenticationExtractor secureGrpcPeerAuthenticationExtractor(PeerAuthorities authorities) {
		return (headers, attributes, method) -> PeerAuthentication.current(authorities);
	}

	/* A call without authentication goes on: to refuse it takes authorization. */
	@Bean
	@GlobalServerInterceptor
	@ConditionalOnMissingBean
	AuthenticationProcessInterceptor secureGrpcPeerAuthenticationInterceptor(GrpcAuthenticationExtractor extractor) {
		return new AuthenticationProcessInterceptor((authentication) -> authentication, extractor,
				(authentication, call) -> new AuthorizationDecision(true));
	}

}
