package io.github.securegrpc.devh.repair;

import java.util.ArrayList;
import java.util.List;

import net.devh.boot.grpc.server.event.GrpcServerStartedEvent;
import net.devh.boot.grpc.server.security.authentication.GrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.authentication.SSLContextGrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.interceptors.DefaultAuthenticatingServerInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReaderGuardAutoConfigurationTests {

	private final List<GrpcServerStartedEvent> started = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(classes = { WithBean.class, WithLazyBean.class, WithInterceptor.class })
	void unsafeReaderIsRefusedBeforeAPortOpens(Class<?> configuration) {
		SpringApplication application = application(configuration);
		assertThatExceptionOfType(RefusedException.class).isThrownBy(application::run)
			.withMessageContaining("bean 'unsafe'");
		assertThat(this.started).isEmpty();
	}

	@Test
	void safeReaderIsServed() {
		try (ConfigurableApplicationContext context = application(WithLeaf.class).run()) {
			assertThat(context.isRunning()).isTrue();
			assertThat(this.started).hasSize(1);
		}
	}

	private SpringApplication application(Class<?> configuration) {
		SpringApplication application = StartedApplication.of(configuration);
		application.addListeners((ApplicationListener<GrpcServerStartedEvent>) this.started::add);
		return application;
	}

	@Configuration(proxyBeanMethods = false)
	static class WithBean {

		@Bean("unsafe")
		GrpcAuthenticationReader reader() {
			return new SSLContextGrpcAuthenticationReader();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithLazyBean {

		@Lazy
		@Bean("unsafe")
		GrpcAuthenticationReader reader() {
			return new SSLContextGrpcAuthenticationReader();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithInterceptor {

		@Bean("unsafe")
		DefaultAuthenticatingServerInterceptor interceptor() {
			return new DefaultAuthenticatingServerInterceptor((peer) -> peer, new SSLContextGrpcAuthenticationReader());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithLeaf {

		@Bean
		LeafAuthenticationReader reader() {
			return new LeafAuthenticationReader();
		}

	}

}
