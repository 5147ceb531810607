package io.github.securegrpc.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.grpc.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.transport.OwnConnections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Servers that do not answer the question whether they are ours.
 */
class ServerProofTests {

	private final OwnConnections own = new OwnConnections();

	private final ServerProof proof = new ServerProof(this.own);

	@AfterEach
	void forgetTheInterrupt() {
		Thread.interrupted();
	}

	@Test
	void startThatIsInterruptedBeforeTheQuestionIsRefused() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Server server = server(silent.getLocalSocketAddress());
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> this.proof.isOurs(server))
				.withMessageContaining("the start was interrupted");
			assertThat(Thread.currentThread().isInterrupted()).isTrue();
		}
	}

	@Test
	void startThatIsInterruptedDuringTheQuestionIsRefused() throws IOException {
		Thread start = Thread.currentThread();
		this.proof.secured(new CompletableFuture<>());
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Thread interrupter = new Thread(() -> {
				try {
					silent.accept();
				}
				catch (IOException ex) {
					// closed: the test has failed
				}
				start.interrupt();
			});
			interrupter.start();
			assertThatExceptionOfType(RefusedException.class)
				.isThrownBy(() -> this.proof.isOurs(server(silent.getLocalSocketAddress())))
				.withMessageContaining("the start was interrupted");
		}
	}

	@Test
	void connectionThatIsNotMadeIsAnnouncedNoLonger(@TempDir Path directory) {
		assertThat(this.proof.isOurs(server(UnixDomainSocketAddress.of(directory.resolve("nobody"))))).isTrue();
		assertThat(this.own.withdraw(UnixDomainSocketAddress.of(""))).isFalse();
	}

	private static Server server(SocketAddress address) {
		Server server = mock(Server.class);
		given(server.getListenSockets()).willAnswer((call) -> List.of(address));
		return server;
	}

}
