package io.github.securegrpc.devh.repair;

import net.devh.boot.grpc.server.security.authentication.BasicGrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.authentication.GrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.interceptors.AuthenticatingServerInterceptor;
import net.devh.boot.grpc.server.security.interceptors.DefaultAuthenticatingServerInterceptor;
import net.devh.boot.grpc.server.security.interceptors.ExceptionTranslatingServerInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.authentication.AuthenticationManager;

import static org.assertj.core.api.Assertions.assertThat;

class DevhSecurityAutoConfigurationTests {

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DevhSecurityAutoConfiguration.class));

	private final ApplicationContextRunner authenticated = this.bare.withBean(AuthenticationManager.class,
			() -> (authentication) -> authentication);

	@Test
	void callsAreAuthenticatedByTheLeaf() {
		this.authenticated.run((context) -> {
			assertThat(context).hasSingleBean(ExceptionTranslatingServerInterceptor.class);
			assertThat(context).getBean(GrpcAuthenticationReader.class).isInstanceOf(LeafAuthenticationReader.class);
			assertThat(context).getBean(AuthenticatingServerInterceptor.class)
				.isInstanceOf(DefaultAuthenticatingServerInterceptor.class);
		});
	}

	@Test
	void readerOfTheApplicationIsUsed() {
		this.authenticated.withBean(BasicGrpcAuthenticationReader.class)
			.run((context) -> assertThat(context).doesNotHaveBean(LeafAuthenticationReader.class)
				.hasSingleBean(AuthenticatingServerInterceptor.class));
	}

	@Test
	void interceptorOfTheApplicationIsUsed() {
		this.authenticated
			.withBean("own", DefaultAuthenticatingServerInterceptor.class,
					() -> new DefaultAuthenticatingServerInterceptor((peer) -> peer, new LeafAuthenticationReader()))
			.run((context) -> assertThat(context).getBeanNames(AuthenticatingServerInterceptor.class)
				.containsExactly("own"));
	}

	@Test
	void nothingIsAuthenticatedWithoutAnAuthenticationManager() {
		this.bare.run((context) -> assertThat(context).doesNotHaveBean(GrpcAuthenticationReader.class)
			.doesNotHaveBean(ExceptionTranslatingServerInterceptor.class));
	}

	@Test
	void nothingIsAuthenticatedWithoutSpringSecurity() {
		this.bare.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DevhSecurityAutoConfiguration.class));
	}

	@Test
	void nothingIsAuthenticatedWithoutTheServerOfNetDevh() {
		this.authenticated.withClassLoader(new FilteredClassLoader("net.devh.boot.grpc.server"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DevhSecurityAutoConfiguration.class));
	}

}
