package io.github.securegrpc.application;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.netty.pkitesting.X509Bundle;
import net.devh.boot.grpc.server.service.GrpcService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.peer.PeerIdentity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In which threads the peer of a call is known.
 */
class PeerContextTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@Test
	void threadThatTheContextWrapsKnowsThePeerAndNoOtherDoes(@TempDir Path directory) {
		Application application = new Application(directory).with(Elsewhere.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA);
		try (ConfigurableApplicationContext context = application.start();
				Peer peer = new Peer(application.port(), TestCertificates.client(CA))) {
			assertThat(context.isRunning()).isTrue();
			assertThat(peer.ask("Wrapped")).isEqualTo("dns:client");
			assertThat(peer.ask("Executor")).isEqualTo("dns:client");
			assertThat(peer.ask("Bare")).isEqualTo("nobody");
			assertThat(PeerIdentity.current()).isEmpty();
		}
	}

	/** Answers who calls, from a thread of its own. */
	@GrpcService
	static class Elsewhere implements BindableService, DisposableBean {

		private final ExecutorService thread = Executors.newSingleThreadExecutor();

		@Override
		public ServerServiceDefinition bindService() {
			return ServerServiceDefinition.builder("test.Who")
				.addMethod(WhoCalls.method("Wrapped"), ServerCalls.asyncUnaryCall(
						(request, response) -> this.thread.execute(Context.current().wrap(() -> answer(response)))))
				.addMethod(WhoCalls.method("Executor"),
						ServerCalls.asyncUnaryCall((request, response) -> Context.currentContextExecutor(this.thread)
							.execute(() -> answer(response))))
				.addMethod(WhoCalls.method("Bare"),
						ServerCalls.asyncUnaryCall((request, response) -> this.thread.execute(() -> answer(response))))
				.build();
		}

		private static void answer(StreamObserver<String> response) {
			response.onNext(PeerIdentity.current().map(PeerIdentity::name).orElse("nobody"));
			response.onCompleted();
		}

		@Override
		public void destroy() {
			this.thread.shutdownNow();
		}

	}

}
