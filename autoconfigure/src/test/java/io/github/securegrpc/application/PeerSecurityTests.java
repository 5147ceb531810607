package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Duration;

import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.netty.pkitesting.X509Bundle;
import net.devh.boot.grpc.server.security.authentication.GrpcAuthenticationReader;
import net.devh.boot.grpc.server.service.GrpcService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.security.GrpcAuthenticationExtractor;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Whom Spring Security takes the peer of a call for.
 */
class PeerSecurityTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).with(Asked.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.ca("secure-grpc.client", CA)
			.set("secure-grpc.server.client-auth", "optional")
			.channel("it");
	}

	@Test
	void peerWithoutACertificateIsNobody() {
		this.application.with(PeerRoles.class);
		assertThat(ask()).isEqualTo("nobody");
	}

	@Test
	void peerIsThePrincipalWithTheAuthoritiesTheApplicationGivesIt() {
		this.application.with(PeerRoles.class).identity("secure-grpc.client", TestCertificates.client(CA));
		assertThat(ask()).isEqualTo("dns:client [ROLE_client]");
	}

	@Test
	void nothingIsAuthenticatedUnlessTheApplicationSaysWhatPeersMayDo() {
		this.application.identity("secure-grpc.client", TestCertificates.client(CA));
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(context.getBeansOfType(
					TestEngine.current().either(GrpcAuthenticationReader.class, GrpcAuthenticationExtractor.class)))
				.isEmpty();
		}
		assertThat(ask()).isEqualTo("nobody");
	}

	@Test
	void managerOfTheApplicationIsForItsOtherEntrances() {
		this.application.with(PeerRoles.class)
			.with(Passwords.class)
			.identity("secure-grpc.client", TestCertificates.client(CA));
		assertThat(ask()).isEqualTo("dns:client [ROLE_client]");
	}

	@Test
	void annotationsOfAServiceAskForTheAuthoritiesOfThePeer() {
		this.application.with(PeerRoles.class)
			.with(MethodSecurity.class)
			.with(Guarded.class)
			.set(TestEngine.current().either("grpc.server.health-service-enabled", "spring.grpc.server.health.enabled"),
					false)
			.identity("secure-grpc.client", TestCertificates.client(CA))
			.channel("bare")
			.set("secure-grpc.client.channels.bare.cert", "none");
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(code(TestApplication.channel(context, "it"), "client")).isEqualTo(Status.Code.OK);
			assertThat(code(TestApplication.channel(context, "it"), "teller")).isEqualTo(Status.Code.PERMISSION_DENIED);
			assertThat(code(TestApplication.channel(context, "bare"), "client")).isEqualTo(Status.Code.UNAUTHENTICATED);
		}
	}

	@Test
	void authoritiesThatNobodyAsksForDoNotStart() {
		this.application.with(PeerRoles.class).with(TestEngine.current().either(DevhTokens.class, BootTokens.class));
		assertThatThrownBy(() -> this.application.start().close())
			.satisfies((ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining("[peerAuthorities]")
				.hasMessageContaining("[tokens]"));
	}

	@Test
	void otherEntrancesOfTheApplicationAreNotAskedForPeers() {
		try (ConfigurableApplicationContext context = this.application.with(PeerRoles.class).start()) {
			assertThat(context.getBeansOfType(AuthenticationManager.class)).isEmpty();
		}
	}

	private String ask() {
		try (ConfigurableApplicationContext context = this.application.start()) {
			return WhoCalls.ask(TestApplication.channel(context, "it"), "Dns");
		}
	}

	private static Status.Code code(Channel channel, String role) {
		try {
			HealthGrpc.newBlockingStub(channel)
				.withDeadlineAfter(Duration.ofSeconds(30))
				.check(HealthCheckRequest.newBuilder().setService(role).build());
			return Status.Code.OK;
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus().getCode();
		}
	}

	@GrpcService
	public static class Guarded extends HealthGrpc.HealthImplBase {

		@Override
		@PreAuthorize("hasRole(#request.service)")
		public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> response) {
			response.onNext(HealthCheckResponse.getDefaultInstance());
			response.onCompleted();
		}

	}

	/* The part of @EnableMethodSecurity that is asked here. */
	@Configuration(proxyBeanMethods = false)
	static class MethodSecurity {

		@Bean
		static DefaultAdvisorAutoProxyCreator proxies() {
			DefaultAdvisorAutoProxyCreator proxies = new DefaultAdvisorAutoProxyCreator();
			proxies.setProxyTargetClass(true);
			return proxies;
		}

		@Bean
		static Advisor preAuthorize() {
			return AuthorizationManagerBeforeMethodInterceptor.preAuthorize();
		}

	}

	/** Answers whom Spring Security knows. */
	@GrpcService
	static class Asked implements BindableService {

		@Override
		public ServerServiceDefinition bindService() {
			return ServerServiceDefinition.builder("test.Who")
				.addMethod(WhoCalls.method("Dns"), ServerCalls.asyncUnaryCall(Asked::answer))
				.build();
		}

		private static void answer(String request, StreamObserver<String> response) {
			Authentication peer = SecurityContextHolder.getContext().getAuthentication();
			response.onNext((peer != null) ? peer.getName() + " " + peer.getAuthorities() : "nobody");
			response.onCompleted();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Passwords {

		@Bean
		AuthenticationManager passwords() {
			return (authentication) -> {
				throw new BadCredentialsException("no password");
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DevhTokens {

		@Bean
		GrpcAuthenticationReader tokens() {
			return (call, headers) -> null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BootTokens {

		@Bean
		GrpcAuthenticationExtractor tokens() {
			return (headers, attributes, method) -> null;
		}

	}

}
