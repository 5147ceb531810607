package io.github.securegrpc.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall;
import io.grpc.ForwardingClientCallListener;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.client.ChannelCounts;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.peer.PeerIdentity;
import io.github.securegrpc.rotation.RotatingMaterials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Channels to addresses that are learned at run time.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecureChannelsTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle ANOTHER = TestCertificates.authority("another");

	private Node node = new Node(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.node = new Node(directory).identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.identity("secure-grpc.client.channels.peers", TestCertificates.client(CA))
			.ca("secure-grpc.client.channels.peers", CA)
			.ca("secure-grpc.client.channels.others", ANOTHER);
	}

	@AfterEach
	void close() {
		this.node.close();
	}

	@Test
	void serverOfAnotherNetworkIsRefused() throws IOException {
		this.node.start().serve();
		ManagedChannel channel = this.node.channels().open("others", this.node.target());
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> Node.ask(channel))
			.withMessageContaining("is not among the 1 trust anchors");
	}

	@Test
	void pathIsPutBeforeTheMethods() throws IOException {
		this.node.set("secure-grpc.client.channels.peers.path-prefix", "/api/v1/").start().serve();
		ManagedChannel channel = this.node.channels().open("peers", this.node.target());
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> Node.ask(channel))
			.withMessageContaining("api/v1/test.Node/Who");
	}

	@Test
	void serverThatDoesNotProveItsNameIsRefused() throws IOException {
		this.node.start().serve();
		ManagedChannel channel = this.node.channels().open("peers", this.node.target(), "ledger.internal");
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> Node.ask(channel))
			.withMessageContaining("ledger.internal");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void peersKnowEachOther(String provider) throws IOException {
		this.node.set("secure-grpc.provider", provider).start().serve();
		ManagedChannel channel = this.node.channels().open("peers", this.node.target());
		ServerSeen seen = new ServerSeen();
		assertThat(Node.ask(ClientInterceptors.intercept(channel, seen))).isEqualTo("dns:client");
		assertThat(seen.peer.get().dnsNames()).containsExactly("localhost");
		assertThat(Node.ask(this.node.channels().open("peers", this.node.target(), "127.0.0.1")))
			.isEqualTo("dns:client");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void rotationReachesThoseThatAreOpen(String provider) throws IOException {
		this.node.set("secure-grpc.provider", provider).start().serve();
		ManagedChannel channel = this.node.channels().open("peers", this.node.target());
		assertThat(Node.ask(channel)).isEqualTo("dns:client");
		this.node.identity("secure-grpc.client.channels.peers",
				TestCertificates.issue((leaf) -> leaf.subject("CN=renewed").addSanDnsName("renewed"), CA));
		assertThat(this.node.bean(RotatingMaterials.class).reload().get("client.peers")).asString()
			.startsWith("Rotated[");
		assertThat(Node.ask(channel)).isEqualTo("dns:renewed");
	}

	@Test
	void thoseThatAreShutDownAreForgotten() throws IOException {
		this.node.start(Meters.class).serve();
		ChannelCounts counts = this.node.bean(ChannelCounts.class);
		for (String host : new String[] { "localhost", "127.0.0.1" }) {
			ManagedChannel channel = this.node.channels().open("peers", this.node.target().replace("localhost", host));
			Node.ask(channel);
			assertThat(counts.open("peers")).isEqualTo(1);
			channel.shutdown();
			assertThat(counts.open("peers")).isZero();
		}
		assertThat(this.node.bean(MeterRegistry.class).find("grpc.client.tls.handshakes").counters()).singleElement()
			.satisfies((counter) -> assertThat(counter.getId().getTag("grpc.target")).isEqualTo("peers"));
	}

	@Test
	void applicationTakesThemWithIt() throws IOException {
		this.node.start().serve();
		ManagedChannel channel = this.node.channels().open("peers", this.node.target());
		Node.ask(channel);
		this.node.close();
		assertThat(channel.isTerminated()).isTrue();
	}

	@Test
	void channelOfThePropertiesIsCheckedThoughNoneIsOpen() {
		this.node.set("secure-grpc.client.channels.peers.key", "/nowhere/peers.key");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(this.node::start)
			.withMessageContaining("secure-grpc.client.channels.peers.key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "secure-grpc", "secure-grpc.client" })
	void whatChannelsShareIsCheckedThoughThereIsNone(String level, @TempDir Path directory) {
		this.node = new Node(directory).identity(level, TestCertificates.client(CA))
			.set(level + ".key", "/nowhere/shared.key");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(this.node::start)
			.withMessageContaining(level + ".key");
	}

	@Test
	void whatChannelsShareIsPublishedFromTheStart() {
		this.node.identity("secure-grpc.client", TestCertificates.client(CA)).ca("secure-grpc.client", CA).start();
		assertThat(this.node.bean(SslBundles.class).getBundleNames()).contains("secure-grpc-client",
				"secure-grpc-client-peers");
	}

	@Test
	void channelsForRunTimeAreNotWarnedOf(CapturedOutput output) {
		this.node.start();
		assertThat(output).doesNotContain("nobody has made yet");
	}

	@Test
	void plaintextIsForThisMachine() throws IOException {
		this.node.set("secure-grpc.client.channels.plain.plaintext", "loopback").start().serve();
		SecureChannels channels = this.node.channels();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> channels.open("plain", "example.com:443"))
			.withMessageContaining("plaintext is loopback, but the channel plain dials example.com:443");
		assertThatExceptionOfType(StatusRuntimeException.class).as("the server speaks TLS")
			.isThrownBy(() -> Node.ask(channels.open("plain", this.node.target())));
	}

	@Test
	void otherSpellingOfAChannelOfThePropertiesIsRefused() {
		SecureChannels channels = this.node.start().channels();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> channels.open("Peers", "localhost:1"))
			.withMessageContaining("secure-grpc.client.channels.peers is not applied to the channel Peers");
	}

	@Test
	void buildersWithCredentialsCannotBeTurnedBack() throws IOException {
		this.node.start().serve();
		ManagedChannelBuilder<?> builder = Grpc.newChannelBuilder(this.node.target(),
				this.node.channels().credentials("peers"));
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(builder::usePlaintext);
		ManagedChannel channel = builder.build();
		try {
			assertThat(Node.ask(channel)).isEqualTo("dns:client");
		}
		finally {
			channel.shutdownNow();
		}
	}

	/** Who answered. */
	private static final class ServerSeen implements ClientInterceptor {

		private final AtomicReference<PeerIdentity> peer = new AtomicReference<>();

		@Override
		public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
			return new ForwardingClientCall.SimpleForwardingClientCall<>(next.newCall(method, options)) {

				@Override
				public void start(Listener<A> listener, Metadata headers) {
					super.start(new ForwardingClientCallListener.SimpleForwardingClientCallListener<>(listener) {

						@Override
						public void onHeaders(Metadata answer) {
							PeerIdentity.of(getAttributes()).ifPresent(ServerSeen.this.peer::set);
							super.onHeaders(answer);
						}

					}, headers);
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Meters {

		@Bean
		MeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

	}

}
