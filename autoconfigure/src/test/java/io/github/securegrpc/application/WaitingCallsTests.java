package io.github.securegrpc.application;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that wait for their password to be verified.
 */
@ExtendWith(OutputCaptureExtension.class)
class WaitingCallsTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).with(WhoCalls.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.set("secure-grpc.server.basic-auth.users", directory.resolve("users"));
	}

	/* They wait together, and end together. */
	@Test
	void manyCallsWithOneWrongPasswordTakeNoThreads() throws Exception {
		String slow = "alice:" + new BCryptPasswordEncoder(12).encode("another");
		this.application.file("users", slow);
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), null)) {
			assertThat(context.isRunning()).isTrue();
			assertThat(BasicCalls.code(peer, "Dns", null)).isEqualTo(Status.Code.UNAUTHENTICATED);
			Set<Thread> before = threads(); // of other applications of this JVM
			List<CompletableFuture<Status>> calls = new ArrayList<>();
			for (int i = 0; i < 90; i++) {
				calls.add(BasicCalls.later(peer.channel(), BasicCalls.basic("alice:wrong")));
			}
			for (CompletableFuture<Status> call : calls) {
				assertThat(call.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
			}
			assertThat(before).containsAll(threads());
		}
	}

	@Test
	void interceptorThatThrowsAtAFirstCallIsLogged(CapturedOutput output) {
		// slow enough that the call waits for it
		this.application.with(Broken.class).file("users", "bob:" + new BCryptPasswordEncoder(10).encode("bob's"));
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), null)) {
			assertThat(context.isRunning()).isTrue();
			assertThat(BasicCalls.code(peer, "Dns", BasicCalls.basic("bob:bob's"))).isEqualTo(Status.Code.UNKNOWN);
			if (TestEngine.current() == TestEngine.DEVH) { // Spring Boot's hears of it
															// first
				assertThat(output).contains("A call of test.Who/Dns did not begin").contains("broken on purpose");
			}
		}
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("secure-grpc-verified"))
			.collect(Collectors.toSet());
	}

	/** Is not up to it. */
	@GlobalInterceptor
	static class Broken implements ServerInterceptor {

		@Override
		public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
				ServerCallHandler<Q, A> next) {
			throw new IllegalStateException("broken on purpose");
		}

	}

}
