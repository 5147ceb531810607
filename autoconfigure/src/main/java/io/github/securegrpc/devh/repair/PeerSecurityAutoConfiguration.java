package io.github.securegrpc.devh.repair;

import java.util.List;

import net.devh.boot.grpc.server.security.authentication.GrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.interceptors.AuthenticatingServerInterceptor;
import net.devh.boot.grpc.server.security.interceptors.DefaultAuthenticatingServerInterceptor;
import net.devh.boot.grpc.server.security.interceptors.ExceptionTranslatingServerInterceptor;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.authentication.AuthenticationManager;

import io.github.securegrpc.engine.PeerAuthentication;
import io.github.securegrpc.engine.PeerAuthorities;
import io.github.securegrpc.material.RefusedException;

/**
 * Authenticates each call as its peer where the application says what authorities peers
 * have. The application's {@link AuthenticationManager}, if it has one, is for its other
 * entrances: it is neither asked nor replaced. An application that reads who calls by
 * itself as well does not start.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(before = DevhSecurityAutoConfiguration.class)
@ConditionalOnClass({ AuthenticationManager.class, GrpcAuthenticationReader.class })
@ConditionalOnBean(PeerAuthorities.class)
public final class PeerSecurityAutoConfiguration {

	private static final String READER = "secureGrpcPeerAuthenticationReader";

	@Bean
	SmartInitializingSingleton secureGrpcPeerAuthoritiesGuard(ListableBeanFactory beans) {
		return () -> {
			if (!beans.containsBean(READER)) {
				throw new RefusedException(
						"bean %s says which authorities peers have, but is not asked: readers %s and interceptors %s of the application say who calls (expected: one of the two)"
							.formatted(names(beans, PeerAuthorities.class),
									names(beans, GrpcAuthenticationReader.class),
									names(beans, AuthenticatingServerInterceptor.class)),
						"Remove the PeerAuthorities bean, or the application's own reader and interceptor. A reader of yours finds the peer with PeerIdentity.current().");
			}
		};
	}

	private static List<String> names(ListableBeanFactory beans, Class<?> type) {
		return List.of(beans.getBeanNamesForType(type));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean({ GrpcAuthenticationReader.class, AuthenticatingServerInterceptor.class })
	static class PeerConfiguration {

		@Bean(READER)
		GrpcAuthenticationReader secureGrpcPeerAuthenticationReader(PeerAuthorities authorities) {
			return (call, headers) -> PeerAuthentication.current(authorities);
		}

		@Bean
		DefaultAuthenticatingServerInterceptor secureGrpcPeerAuthenticatingInterceptor(
				GrpcAuthenticationReader reader) {
			return new DefaultAuthenticatingServerInterceptor((authentication) -> authentication, reader);
		}

		@Bean
		@ConditionalOnMissingBean
		ExceptionTranslatingServerInterceptor exceptionTranslatingServerInterceptor() {
			return new ExceptionTranslatingServerInterceptor();
		}

	}

}
