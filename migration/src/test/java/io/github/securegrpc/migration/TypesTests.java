package io.github.securegrpc.migration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

class TypesTests implements RewriteTest {

	@Override
	public void defaults(RecipeSpec spec) {
		spec.recipeFromResources("io.github.securegrpc.migration.NetDevhTypesToSpringGrpc",
				"io.github.securegrpc.migration.MarkNetDevhTypes")
			.parser(JavaSources.parser());
	}

	@Test
	void springsTypesStay() {
		rewriteRun(java("""
				package com.example;

				import org.springframework.grpc.server.GlobalServerInterceptor;
				import org.springframework.grpc.server.service.GrpcService;

				@GrpcService
				class Ledger {

					@GlobalServerInterceptor
					void interceptor() {
					}

				}
				"""));
	}

	@ParameterizedTest
	@CsvSource({ "server.serverfactory.GrpcServerConfigurer, ServerBuilderCustomizer",
			"client.channelfactory.GrpcChannelFactory, GrpcChannelFactory",
			"client.stubfactory.StubFactory, @ImportGrpcClients",
			"server.interceptor.GlobalServerInterceptorConfigurer, @GlobalServerInterceptor",
			"client.interceptor.GlobalClientInterceptorConfigurer, @GlobalClientInterceptor",
			"server.security.authentication.GrpcAuthenticationReader, GrpcAuthenticationExtractor",
			"common.util.InterceptorOrder, no counterpart" })
	void whatHasNoCounterpartIsMarked(String type, String hint) {
		rewriteRun(java("""
				package com.example;

				import net.devh.boot.grpc.%s;

				class Own {

					%s its;

				}
				""".formatted(type, type.replaceFirst(".*\\.", "")), (source) -> source.after((actual) -> {
			assertThat(actual).containsOnlyOnce("MIGRATE: ")
				.contains(hint)
				.contains("import net.devh.boot.grpc." + type);
			return actual;
		})));
	}

	@Test
	void servicesAndAdviceKeepTheirAttributes() {
		rewriteRun(java("""
				package com.example;

				import io.grpc.ServerInterceptor;
				import io.grpc.Status;
				import net.devh.boot.grpc.server.advice.GrpcAdvice;
				import net.devh.boot.grpc.server.advice.GrpcExceptionHandler;
				import net.devh.boot.grpc.server.service.GrpcService;

				@GrpcService(interceptors = ServerInterceptor.class, interceptorNames = "own", sortInterceptors = true)
				class Ledger {

					@GrpcAdvice
					static class Errors {

						@GrpcExceptionHandler(IllegalArgumentException.class)
						Status invalid(IllegalArgumentException ex) {
							return Status.INVALID_ARGUMENT;
						}

					}

				}
				""",
				"""
						package com.example;

						import io.grpc.ServerInterceptor;
						import io.grpc.Status;
						import org.springframework.grpc.server.advice.GrpcAdvice;
						import org.springframework.grpc.server.advice.GrpcExceptionHandler;
						import org.springframework.grpc.server.service.GrpcService;

						@GrpcService(interceptors = ServerInterceptor.class, interceptorNames = "own", blendWithGlobalInterceptors = true)
						class Ledger {

							@GrpcAdvice
							static class Errors {

								@GrpcExceptionHandler(IllegalArgumentException.class)
								Status invalid(IllegalArgumentException ex) {
									return Status.INVALID_ARGUMENT;
								}

							}

						}
						"""));
	}

	@Test
	void theServersEventsAreSprings() {
		rewriteRun(java("""
				package com.example;

				import net.devh.boot.grpc.server.event.GrpcServerShutdownEvent;
				import net.devh.boot.grpc.server.event.GrpcServerStartedEvent;
				import net.devh.boot.grpc.server.event.GrpcServerTerminatedEvent;

				class Listener {

					int started(GrpcServerStartedEvent event) {
						return event.getPort();
					}

					void shutdown(GrpcServerShutdownEvent event) {
					}

					void terminated(GrpcServerTerminatedEvent event) {
					}

				}
				""", """
				package com.example;

				import org.springframework.grpc.server.lifecycle.GrpcServerShutdownEvent;
				import org.springframework.grpc.server.lifecycle.GrpcServerStartedEvent;
				import org.springframework.grpc.server.lifecycle.GrpcServerTerminatedEvent;

				class Listener {

					int started(GrpcServerStartedEvent event) {
						return event.getPort();
					}

					void shutdown(GrpcServerShutdownEvent event) {
					}

					void terminated(GrpcServerTerminatedEvent event) {
					}

				}
				"""));
	}

}
