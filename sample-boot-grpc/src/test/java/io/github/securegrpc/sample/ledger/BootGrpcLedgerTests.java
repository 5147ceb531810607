package io.github.securegrpc.sample.ledger;

import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.stream.Stream;

import javax.net.ssl.SSLSocket;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.actuate.GrpcCertificatesEndpoint;
import io.github.securegrpc.certs.AuthorityRequest;
import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.LeafRequest;
import io.github.securegrpc.certs.SubjectAlternativeName;
import io.github.securegrpc.sample.SampleApplication;
import io.github.securegrpc.sample.ledger.proto.TransactorGrpc;
import io.github.securegrpc.sample.ledger.proto.TransactorGrpc.TransactorBlockingStub;
import io.github.securegrpc.sample.ledger.proto.VersionRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The ledger on Spring Boot's own gRPC, with certificates that are issued here.
 */
@ExtendWith(OutputCaptureExtension.class)
class BootGrpcLedgerTests {

	private static final LeafRequest LEAF = LeafRequest.peer("ledger", SubjectAlternativeName.dns("localhost"),
			SubjectAlternativeName.ip("127.0.0.1"));

	private final int port = TestSocketUtils.findAvailableTcpPort();

	@Test
	@SuppressWarnings("try")
	void clientPostsTheJournalOverMutualTlsAndTheBalanceIsZero(@TempDir Path directory, CapturedOutput output) {
		issue(Depot.pem(directory));
		try (ConfigurableApplicationContext context = start(directory)) {
			assertThat(output.getAll()).contains("client-auth require")
				.contains("Established secure gRPC connection to ledger (127.0.0.1:")
				.containsPattern("Trial balance of 73 transactions: EUR 0.00, .* - balanced");
		}
	}

	@Test
	void clientWithoutCertificateIsRefused(@TempDir Path directory, CapturedOutput output) {
		issue(Depot.pem(directory));
		try (ConfigurableApplicationContext context = start(directory, "--sample.client.enabled=false",
				"--spring.grpc.client.channel.stranger.target=static://127.0.0.1:" + this.port,
				"--secure-grpc.client.channels.stranger.cert=none")) {
			assertThat(version(stub(context, "ledger"))).contains("ledger");
			TransactorBlockingStub stranger = stub(context, "stranger");
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> version(stranger))
				.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
			assertThat(output.getAll()).contains("the client presented no certificate");
		}
	}

	@Test
	void renewedCertificateIsServedAndTheOpenChannelGoesOn(@TempDir Path directory) throws Exception {
		Depot depot = Depot.pem(directory);
		CertificateAuthority authority = issue(depot);
		try (ConfigurableApplicationContext context = start(directory, "--sample.client.enabled=false")) {
			TransactorBlockingStub ledger = stub(context, "ledger");
			version(ledger);
			assertThat(servedLeaf(context, this.port)).isEqualTo(depot.read("ledger").leaf());
			depot.replace("ledger", authority.issue(LEAF));
			context.getBean(GrpcCertificatesEndpoint.class).reload();
			assertThat(servedLeaf(context, this.port)).isEqualTo(depot.read("ledger").leaf());
			assertThat(version(ledger)).contains("ledger");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "secure-grpc-server", "secure-grpc-client" })
	void webServerTakesABundleOfOurs(String bundle, @TempDir Path directory) throws Exception {
		issue(Depot.pem(directory));
		try (ConfigurableApplicationContext context = start(directory, "--sample.client.enabled=false",
				"--server.ssl.bundle=" + bundle)) {
			int web = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			assertThat(servedLeaf(context, web)).isEqualTo(Depot.pem(directory).read("ledger").leaf());
		}
	}

	private static CertificateAuthority issue(Depot depot) {
		CertificateAuthority authority = CertificateAuthority.create(depot, AuthorityRequest.named("ca"),
				Clock.systemUTC());
		authority.issueTo(depot, LEAF);
		return authority;
	}

	private ConfigurableApplicationContext start(Path directory, String... more) {
		Depot depot = Depot.pem(directory);
		return new SpringApplication(SampleApplication.class).run(Stream
			.concat(Stream.of(more), Stream.of("--spring.grpc.server.port=" + this.port, "--server.port=0",
					"--sample.ledger.directory=" + directory.resolve("ledger"), "--secure-grpc.dev-ca.enabled=false",
					"--secure-grpc.reload.enabled=false", "--secure-grpc.cert=" + depot.certificate("ledger"),
					"--secure-grpc.key=" + depot.key("ledger"), "--secure-grpc.ca=" + depot.certificate("ca")))
			.toArray(String[]::new));
	}

	private static TransactorBlockingStub stub(ConfigurableApplicationContext context, String channel) {
		return TransactorGrpc.newBlockingStub(context.getBean(GrpcChannelFactory.class).createChannel(channel));
	}

	private static String version(TransactorBlockingStub stub) {
		return stub.nodeVersion(VersionRequest.getDefaultInstance()).getMessage();
	}

	private static Certificate servedLeaf(ConfigurableApplicationContext context, int port) throws Exception {
		var sockets = context.getBean(SslBundles.class)
			.getBundle("secure-grpc-client")
			.createSslContext()
			.getSocketFactory();
		try (SSLSocket socket = (SSLSocket) sockets.createSocket("127.0.0.1", port)) {
			return socket.getSession().getPeerCertificates()[0];
		}
	}

}
