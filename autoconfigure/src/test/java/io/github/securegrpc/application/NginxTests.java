package io.github.securegrpc.application;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.reflection.v1alpha.ServerReflectionGrpc;
import io.grpc.reflection.v1alpha.ServerReflectionRequest;
import io.grpc.reflection.v1alpha.ServerReflectionResponse;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@code docs/behind-a-proxy.md} says to write, between a stock client and a server,
 * where there is an nginx.
 */
@Timeout(60)
@EnabledIf("hasNginx")
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("try")
class NginxTests {

	/* It may write its request before it reads that it is refused. */
	private static final String REFUSED = "SSL alert number|SSL_write\\(\\) failed|Connection reset by peer";

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle OTHER_CA = TestCertificates.authority("other");

	private final Path directory;

	private final Application application;

	private final int port = TestSocketUtils.findAvailableTcpPort();

	private UnaryOperator<String> change = UnaryOperator.identity();

	NginxTests(@TempDir Path directory) {
		this.directory = directory;
		this.application = new Application(directory).with(WhoCalls.class);
	}

	static boolean hasNginx() {
		return Program.isThere("nginx");
	}

	@BeforeEach
	void issue() {
		write("ca", CA);
		write("tls", TestCertificates.server(CA));
		write("ledger", server("ledger.internal", CA));
		write("proxy", TestCertificates
			.issue((builder) -> builder.subject("CN=p").addSanDnsName("proxy").addExtendedKeyUsageClientAuth(), CA));
	}

	@Test
	void clientOfAnotherAuthorityDoesNotBelieveTheProxy() {
		write("tls", TestCertificates.server(OTHER_CA));
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> answer(ProxyPage.PLAINTEXT_BEHIND_TLS))
			.havingRootCause()
			.withMessageContaining("unable to find valid certification path");
	}

	@Test
	void proxyWithoutItsCertificateIsRefusedAndTheLogSaysWhy(CapturedOutput output) {
		this.change = (page) -> page.replaceAll("grpc_ssl_certificate(_key)? .*", "");
		assertBadGateway(REFUSED);
		assertThat(output).containsPattern("Refused secure gRPC connection from 127.0.0.1:\\d+: "
				+ "CERTIFICATE_VERIFICATION_FAILED: the client presented no certificate");
	}

	@Test
	void proxyOfAnotherAuthorityIsRefusedAndTheLogSaysWhy(CapturedOutput output) {
		write("proxy", TestCertificates.client(OTHER_CA));
		assertBadGateway(REFUSED);
		assertThat(output)
			.containsPattern("Refused secure gRPC connection from 127.0.0.1:\\d+: CERTIFICATE_AUTHORITY_INVALID: ");
	}

	@Test
	void serverOfAnotherNameIsNotCalled() {
		write("ledger", server("other.internal", CA));
		assertBadGateway("upstream SSL certificate does not match \"ledger\\.internal\"");
	}

	@Test
	void serverOfAnotherAuthorityIsNotCalled() {
		write("ledger", server("ledger.internal", OTHER_CA));
		assertBadGateway("upstream SSL certificate verify error");
	}

	@Test
	void callReachesTheServerOfThisMachine() throws Exception {
		assertThat(answer(ProxyPage.PLAINTEXT_BEHIND_TLS)).isEqualTo("nobody");
	}

	@Test
	void serverSeesTheProxyAsTheCaller() throws Exception {
		assertThat(answer(ProxyPage.TLS_ON_BOTH_LEGS)).isEqualTo("dns:proxy");
	}

	@Test
	void stockClientIsNotRoutedByPath() throws Exception {
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> answer(ProxyPage.PATH))
			.withMessageContaining("HTTP status code 404");
	}

	@Test
	void channelThatKnowsThePathIs() throws Exception {
		ProxyPage.PATH.configure(this.application, this.directory);
		this.application.set("grpc.client.ledger.address", "static://localhost:" + this.port);
		try (ConfigurableApplicationContext context = this.application.start(); Nginx nginx = nginx(ProxyPage.PATH)) {
			assertThat(WhoCalls.ask(TestApplication.channel(context, "ledger"), "Anyone")).isEqualTo("nobody");
		}
	}

	@Test
	void callsShareAConnectionOneAfterTheOther() throws Exception {
		try (ConfigurableApplicationContext context = start(ProxyPage.TLS_ON_BOTH_LEGS);
				Nginx nginx = nginx(ProxyPage.TLS_ON_BOTH_LEGS)) {
			HandshakeRecorder recorder = HandshakeRecorder.in(context);
			for (int i = 0; i < 5; i++) {
				ask("");
			}
			assertThat(recorder.all()).hasSize(1);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "PATH", "WHO_CALLS" })
	void largeMessageAndStreamThatIsSilentPass(ProxyPage page) throws Exception {
		// instead of the minute that is nginx's own
		this.change = (configuration) -> "client_body_timeout 1s; grpc_read_timeout 1s;" + configuration;
		try (ConfigurableApplicationContext context = start(page); Nginx nginx = nginx(page)) {
			ask("x".repeat(3_000_000));
			ManagedChannel channel = channel();
			try {
				BlockingClientCall<ServerReflectionRequest, ServerReflectionResponse> stream = ServerReflectionGrpc
					.newBlockingV2Stub(channel)
					.serverReflectionInfo();
				stream.write(ServerReflectionRequest.getDefaultInstance());
				stream.read(10, TimeUnit.SECONDS);
				assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> stream.read(3, TimeUnit.SECONDS));
				stream.write(ServerReflectionRequest.getDefaultInstance());
				assertThat(stream.read(10, TimeUnit.SECONDS)).isNotNull();
			}
			finally {
				channel.shutdownNow();
			}
		}
	}

	/* The second leg fails, and nginx says why. */
	private void assertBadGateway(String reason) {
		try (ConfigurableApplicationContext context = start(ProxyPage.TLS_ON_BOTH_LEGS);
				Nginx nginx = nginx(ProxyPage.TLS_ON_BOTH_LEGS)) {
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> ask(""))
				.withMessageContaining("HTTP status code 502")
				.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE));
			assertThat(nginx.log()).containsPattern(reason);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String answer(ProxyPage page) throws Exception {
		try (ConfigurableApplicationContext context = start(page); Nginx nginx = nginx(page)) {
			return ask("");
		}
	}

	private ConfigurableApplicationContext start(ProxyPage page) throws IOException {
		page.configure(this.application, this.directory);
		return this.application.start();
	}

	private Nginx nginx(ProxyPage page) throws IOException {
		return new Nginx(this.directory, this.port,
				this.change.apply(page.nginx(this.directory, this.port, this.application.port())));
	}

	private String ask(String text) throws IOException {
		ManagedChannel channel = channel();
		try {
			return ClientCalls.blockingUnaryCall(channel, WhoCalls.method("Anyone"),
					CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), text);
		}
		finally {
			channel.shutdownNow();
		}
	}

	private ManagedChannel channel() throws IOException {
		return Grpc
			.newChannelBuilder("localhost:" + this.port,
					TlsChannelCredentials.newBuilder().trustManager(this.directory.resolve("ca.crt").toFile()).build())
			.build();
	}

	private void write(String name, X509Bundle bundle) {
		this.application.file(name + ".crt", TestCertificates.pem(bundle.getCertificatePath()));
		this.application.file(name + ".key", TestCertificates.pem(bundle.getKeyPair().getPrivate()));
	}

	private static X509Bundle server(String name, X509Bundle issuer) {
		return TestCertificates
			.issue((builder) -> builder.subject("CN=s").addSanDnsName(name).addExtendedKeyUsageServerAuth(), issuer);
	}

}
