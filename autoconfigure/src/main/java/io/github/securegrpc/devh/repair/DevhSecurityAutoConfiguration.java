package io.github.securegrpc.devh.repair;

import net.devh.boot.grpc.server.security.authentication.GrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.interceptors.AuthenticatingServerInterceptor;
import net.devh.boot.grpc.server.security.interceptors.DefaultAuthenticatingServerInterceptor;
import net.devh.boot.grpc.server.security.interceptors.ExceptionTranslatingServerInterceptor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.AuthenticationManager;

/**
 * What Spring Security 7 leaves of net.devh's security: calls are authenticated when
 * there is an {@link AuthenticationManager}, by the application's
 * {@link GrpcAuthenticationReader} or else by the peer's leaf. A call without credentials
 * goes on without authentication, as with net.devh: to refuse it takes authorization.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = { "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration" })
@ConditionalOnClass({ AuthenticationManager.class, GrpcAuthenticationReader.class })
@ConditionalOnMissingClass("org.springframework.security.access.AccessDecisionManager")
@ConditionalOnBean(AuthenticationManager.class)
public final class DevhSecurityAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ExceptionTranslatingServerInterceptor exceptionTranslatingServerInterceptor() {
		return new ExceptionTranslatingServerInterceptor();
	}

	@Bean
	@ConditionalOnMissingBean(GrpcAuthenticationReader.class)
	LeafAuthenticationReader leafAuthenticationReader() {
		return new LeafAuthenticationReader();
	}

	@Bean
	@ConditionalOnMissingBean(AuthenticatingServerInterceptor.class)
	DefaultAuthenticatingServerInterceptor authenticatingServerInterceptor(AuthenticationManager authenticationManager,
			GrpcAuthenticationReader reader) {
		return new DefaultAuthenticatingServerInterceptor(authenticationManager, reader);
	}

}
