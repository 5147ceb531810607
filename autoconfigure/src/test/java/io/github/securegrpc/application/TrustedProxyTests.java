package io.github.securegrpc.application;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.peer.ClientAddress;
import io.github.securegrpc.peer.Denial;
import io.github.securegrpc.peer.DenialListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Whose word is taken on where a call came from.
 */
@ExtendWith(OutputCaptureExtension.class)
class TrustedProxyTests {

	private static final String PROXIES = "secure-grpc.server.trusted-proxies";

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@ParameterizedTest
	@ValueSource(strings = { "", "127.0.0.2", "10.0.0.0/8", "::1" })
	void strangerIsNotBelieved(String proxies, @TempDir Path directory) {
		Application application = plaintext(directory);
		if (!proxies.isEmpty()) {
			application.set(PROXIES, proxies);
		}
		assertThat(seen(application)).isEqualTo("127.0.0.1, logged as 127.0.0.1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.0.0.0/8", "10.0.0.0/8,127.0.0.1" })
	void proxyIsBelieved(String proxies, @TempDir Path directory) {
		assertThat(seen(plaintext(directory).set(PROXIES, proxies)))
			.isEqualTo("203.0.113.7 forwarded, logged as 203.0.113.7");
	}

	@Test
	void proxyIsKnownByItsCertificate(@TempDir Path directory) {
		Application application = new Application(directory).with(WhoCalls.class)
			.with(Seen.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.set("secure-grpc.server.client-auth", "optional")
			.set("secure-grpc.peer.mdc", true)
			.set(PROXIES, "dns:client");
		try (ConfigurableApplicationContext context = application.start();
				Peer proxy = new Peer(application.port(), TestCertificates.client(CA));
				Peer nobody = new Peer(application.port(), null);
				Peer other = new Peer(application.port(),
						TestCertificates.issue((builder) -> builder.subject("CN=client")
							.addSanDnsName("other")
							.addExtendedKeyUsageClientAuth(), CA))) {
			List.of(nobody, other, proxy).forEach((peer) -> ask(peer.channel(), "198.51.100.1, 203.0.113.7"));
			assertThat(context.getBean(Seen.class).seen).containsExactly("127.0.0.1, logged as 127.0.0.1",
					"127.0.0.1, logged as 127.0.0.1", "203.0.113.7 forwarded, logged as 203.0.113.7");
		}
	}

	@Test
	void denialAndAuditSayWhereTheCallCameFrom(@TempDir Path directory, CapturedOutput output) {
		Application application = plaintext(directory).set(PROXIES, "127.0.0.1")
			.set("secure-grpc.authorization.rules[0].methods", "test.Who/Anyone")
			.set("secure-grpc.authorization.rules[0].allow", "any-peer");
		try (ConfigurableApplicationContext context = application.start()) {
			ManagedChannel channel = channel(application);
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> ask(channel, "198.51.100.1, 203.0.113.7"));
			channel.shutdownNow();
			List<Denial> denials = context.getBean(Seen.class).denials;
			Awaitility.await().until(() -> !denials.isEmpty());
			assertThat(denials.get(0).caller().address()).hasToString("/203.0.113.7:0");
			assertThat(String.valueOf(denials.get(0).caller().proxy())).startsWith("/127.0.0.1:");
			assertThat(output).contains("Denied test.Who/Anyone to a peer without a certificate (203.0.113.7):");
		}
	}

	@Test
	void clientThatContradictsItsProxyIsNotBelievedAndTheLogHasWhatWasSaid(@TempDir Path directory,
			CapturedOutput output) {
		Application application = plaintext(directory).set(PROXIES, "127.0.0.1");
		try (ConfigurableApplicationContext context = application.start()) {
			ManagedChannel channel = channel(application);
			ask(channel, "203.0.113.7, unknown");
			channel.shutdownNow();
			assertThat(context.getBean(Seen.class).seen).containsExactly("127.0.0.1, logged as 127.0.0.1");
			assertThat(output)
				.contains("forwards no address that can be believed (X-Forwarded-For [203.0.113.7, unknown]");
		}
	}

	@Test
	void oneClientOfAProxyHidesNoOtherInTheLog(@TempDir Path directory, CapturedOutput output) {
		Application application = new Application(directory).with(WhoCalls.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.set(PROXIES, "dns:client")
			.set("secure-grpc.authorization.rules[0].methods", "test.Who/Anyone")
			.set("secure-grpc.authorization.rules[0].allow", "dns:other");
		try (ConfigurableApplicationContext context = application.start();
				Peer proxy = new Peer(application.port(), TestCertificates.client(CA))) {
			assertThat(context.isRunning()).isTrue();
			for (String client : Collections.nCopies(30, "203.0.113.7")) {
				assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> ask(proxy.channel(), client));
			}
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> ask(proxy.channel(), "198.51.100.1"));
			assertThat(output).contains("Denied test.Who/Anyone to dns:client (198.51.100.1)");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "proxy.example.com | is no proxy", "127.0.0.1/8 | is no proxy", "any-peer | is no proxy",
					"anyone | is no proxy", "0.0.0.0/0 | is every address", "::/0 | is every address",
					"user:alice | is no proxy", "dns: | names no peer",
					"dns:proxy | has dns:proxy, but the server asks no client for a certificate" })
	void whatIsNoProxyDoesNotStart(String proxy, String reason, @TempDir Path directory) {
		assertThatThrownBy(() -> plaintext(directory).set(PROXIES, proxy).start().close()).satisfies(
				(ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining(PROXIES).hasMessageContaining(reason));
	}

	private static Application plaintext(Path directory) {
		return new Application(directory).with(WhoCalls.class)
			.with(Seen.class)
			.set("secure-grpc.peer.mdc", true)
			.set("secure-grpc.server.plaintext", "loopback");
	}

	private static String seen(Application application) {
		try (ConfigurableApplicationContext context = application.start()) {
			ManagedChannel channel = channel(application);
			ask(channel, "198.51.100.1, 203.0.113.7");
			channel.shutdownNow();
			return context.getBean(Seen.class).seen.get(0);
		}
	}

	private static ManagedChannel channel(Application application) {
		return ManagedChannelBuilder.forAddress("127.0.0.1", application.port()).usePlaintext().build();
	}

	private static void ask(ManagedChannel channel, String forwardedFor) {
		Metadata headers = new Metadata();
		headers.put(Metadata.Key.of("x-forwarded-for", Metadata.ASCII_STRING_MARSHALLER), forwardedFor);
		ClientCalls.blockingUnaryCall(
				ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
				WhoCalls.method("Anyone"), CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), "");
	}

	/** Sees where calls come from. */
	@GlobalInterceptor
	static class Seen implements ServerInterceptor, DenialListener {

		final List<String> seen = new CopyOnWriteArrayList<>();

		final List<Denial> denials = new CopyOnWriteArrayList<>();

		@Override
		public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
				ServerCallHandler<Q, A> next) {
			this.seen.add(ClientAddress.current()
				.map((client) -> client.address().getHostAddress() + (client.forwarded() ? " forwarded" : ""))
				.orElse("nowhere") + ", logged as " + MDC.get("client.address"));
			return next.startCall(call, headers);
		}

		@Override
		public void denied(Denial denial) {
			this.denials.add(denial);
		}

	}

}
