package io.github.securegrpc.migration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

class InterceptorTests implements RewriteTest {

	@Override
	public void defaults(RecipeSpec spec) {
		spec.recipeFromResources("io.github.securegrpc.migration.NetDevhTypesToSpringGrpc")
			.parser(JavaSources.parser());
	}

	@ParameterizedTest
	@CsvSource({ "server, Server", "client, Client" })
	void globalInterceptorsStayBeans(String side, String name) {
		rewriteRun(JavaSources.changed("""
				package com.example;

				import net.devh.boot.grpc.%1$s.interceptor.GrpcGlobal%2$sInterceptor;
				import org.springframework.context.annotation.Configuration;

				@GrpcGlobal%2$sInterceptor
				class Logging {

					@Configuration
					static class More {

						@GrpcGlobal%2$sInterceptor
						Logging more() {
							return new Logging();
						}

					}

				}
				""".formatted(side, name), """
				package com.example;

				import org.springframework.context.annotation.Bean;
				import org.springframework.context.annotation.Configuration;
				import org.springframework.grpc.%1$s.Global%2$sInterceptor;
				import org.springframework.stereotype.Component;

				@Component
				@Global%2$sInterceptor
				class Logging {

					@Configuration
					static class More {

						@Bean
						@Global%2$sInterceptor
						Logging more() {
							return new Logging();
						}

					}

				}
				""".formatted(side, name)));
	}

	@Test
	void whatIsABeanAlreadyIsNotSaidTwice() {
		rewriteRun(JavaSources.changed("""
				package com.example;

				import net.devh.boot.grpc.server.interceptor.GrpcGlobalServerInterceptor;
				import org.springframework.context.annotation.Bean;
				import org.springframework.stereotype.Service;

				@Service
				@GrpcGlobalServerInterceptor
				class Logging {

					@Bean
					@GrpcGlobalServerInterceptor
					Logging more() {
						return new Logging();
					}

				}
				""", """
				package com.example;

				import org.springframework.context.annotation.Bean;
				import org.springframework.grpc.server.GlobalServerInterceptor;
				import org.springframework.stereotype.Service;

				@Service
				@GlobalServerInterceptor
				class Logging {

					@Bean
					@GlobalServerInterceptor
					Logging more() {
						return new Logging();
					}

				}
				"""));
	}

}
