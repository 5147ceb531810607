package io.github.securegrpc.application;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who calls behind a real nginx, which is told what {@code docs/behind-a-proxy.md} says.
 * Clients come from 127.0.0.2, which is no trusted proxy's address.
 */
@Timeout(60)
@EnabledIf("hasNginx")
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("try")
class ProxiedCallerTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private final Path directory;

	private final Application application;

	private final int port = TestSocketUtils.findAvailableTcpPort();

	private String forwarding = "";

	ProxiedCallerTests(@TempDir Path directory) {
		this.directory = directory;
		this.application = new Application(directory).with(WhoCalls.class).with(TrustedProxyTests.Seen.class);
	}

	static boolean hasNginx() {
		return Program.isThere("nginx");
	}

	@BeforeEach
	void issue() throws IOException {
		X509Bundle server = TestCertificates.server(CA);
		this.application.file("ca.crt", TestCertificates.pem(CA.getCertificate()));
		this.application.file("tls.crt", TestCertificates.pem(server.getCertificatePath()));
		this.application.file("tls.key", TestCertificates.pem(server.getKeyPair().getPrivate()));
		this.application.file("users", BasicCalls.line("alice", "secret"));
		ProxyPage.WHO_CALLS.configure(this.application, this.directory);
	}

	@Test
	void wrongPasswordIsDeniedAndTheLogSaysFromWhere(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = this.application.start(); Nginx nginx = nginx()) {
			for (String wrong : new String[] { "alice:wrong", "" }) {
				assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> ask(wrong))
					.withMessageStartingWith("UNAUTHENTICATED");
			}
			assertThat(output).contains("Denied test.Who/Anyone to a peer without a certificate (127.0.0.2):");
		}
	}

	@Test
	void userAndAddressAreKnownBehindTheProxyWhateverTheClientClaims() throws Exception {
		this.forwarding = "203.0.113.7";
		try (ConfigurableApplicationContext context = this.application.start(); Nginx nginx = nginx()) {
			assertThat(ask("alice:secret")).isEqualTo("nobody");
			assertThat(context.getBean(TrustedProxyTests.Seen.class).seen)
				.containsExactly("127.0.0.2 forwarded, logged as 127.0.0.2");
		}
	}

	@Test
	void whoComesBesideTheProxyClaimsNothing() throws Exception {
		this.application.set("secure-grpc.server.trusted-proxies", "127.0.0.3");
		this.forwarding = "203.0.113.7";
		try (ConfigurableApplicationContext context = this.application.start(); Nginx nginx = nginx()) {
			assertThat(ask("alice:secret")).isEqualTo("nobody");
			assertThat(context.getBean(TrustedProxyTests.Seen.class).seen)
				.containsExactly("127.0.0.1, logged as 127.0.0.1");
		}
	}

	private Nginx nginx() throws IOException {
		return new Nginx(this.directory, this.port,
				ProxyPage.WHO_CALLS.nginx(this.directory, this.port, this.application.port()));
	}

	private String ask(String user) throws IOException {
		ManagedChannel channel = NettyChannelBuilder
			.forAddress("localhost", this.port,
					TlsChannelCredentials.newBuilder().trustManager(this.directory.resolve("ca.crt").toFile()).build())
			.localSocketPicker(new NettyChannelBuilder.LocalSocketPicker() {

				@Override
				public InetSocketAddress createSocketAddress(java.net.SocketAddress remote, io.grpc.Attributes with) {
					return new InetSocketAddress(loopback(), 0);
				}

			})
			.build();
		try {
			Metadata headers = new Metadata();
			if (!user.isEmpty()) {
				headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), BasicCalls.basic(user));
			}
			if (!this.forwarding.isEmpty()) {
				headers.put(Metadata.Key.of("x-forwarded-for", Metadata.ASCII_STRING_MARSHALLER), this.forwarding);
			}
			return ClientCalls.blockingUnaryCall(
					ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
					WhoCalls.method("Anyone"), CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), "");
		}
		finally {
			channel.shutdownNow();
		}
	}

	private static InetAddress loopback() {
		try {
			return InetAddress.getByAddress(new byte[] { 127, 0, 0, 2 });
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
