package io.github.securegrpc.sample.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.certs.AuthorityRequest;
import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.LeafRequest;
import io.github.securegrpc.certs.SubjectAlternativeName;
import io.github.securegrpc.sample.SampleApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The sample with a user's own files from the command line, the wrong ones too.
 */
@ExtendWith(OutputCaptureExtension.class)
class OwnFilesTests {

	private final List<String> arguments = new ArrayList<>();

	private Depot depot = Depot.pem(Path.of(""));

	@BeforeEach
	void issue(@TempDir Path directory) {
		this.depot = Depot.pem(directory);
		CertificateAuthority authority = create("ca");
		SubjectAlternativeName[] names = { SubjectAlternativeName.dns("localhost"),
				SubjectAlternativeName.ip("127.0.0.1") };
		authority.issueTo(this.depot, LeafRequest.peer("ledger", names));
		authority.issueTo(this.depot, LeafRequest.peer("other", names));
		this.arguments.addAll(List.of("--grpc.server.port=" + TestSocketUtils.findAvailableTcpPort(), "--server.port=0",
				"--sample.ledger.directory=" + directory.resolve("ledger"), "--secure-grpc.dev-ca.enabled=false",
				"--secure-grpc.cert=" + this.depot.certificate("ledger"),
				"--secure-grpc.key=" + this.depot.key("ledger"), "--secure-grpc.ca=" + this.depot.certificate("ca")));
	}

	@Test
	@SuppressWarnings("try")
	void ownCertificatesServeAndCall(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(output).contains("client-auth require").containsPattern("Trial balance of 73 .* - balanced");
		}
	}

	@Test
	void webServerTakesTheBundleOfTheGrpcServer() throws Exception {
		this.arguments.addAll(List.of("--sample.client.enabled=false", "--server.ssl.bundle=secure-grpc-server"));
		try (ConfigurableApplicationContext context = start()) {
			SSLContext client = SSLContext.getInstance("TLS");
			SslBundle bundle = context.getBean(SslBundles.class).getBundle("secure-grpc-client");
			client.init(null, bundle.getManagers().getTrustManagers(), null);
			int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("localhost", port)) {
				socket.startHandshake();
				assertThat(socket.getSession().getPeerCertificates()[0]).isEqualTo(this.depot.read("ledger").leaf());
			}
		}
	}

	@Test
	void keyOfAnotherCertificateDoesNotStart(CapturedOutput output) {
		this.arguments.add("--secure-grpc.server.cert=" + this.depot.certificate("ledger"));
		this.arguments.add("--secure-grpc.server.key=" + this.depot.key("other"));
		assertThatThrownBy(this::start).isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("does not belong to the leaf")
			.contains("secure-grpc.server.key");
	}

	@Test
	void clientThatIsRefusedEndsTheApplicationAndSaysWhatToDo(CapturedOutput output) {
		create("stranger");
		this.arguments.add("--secure-grpc.client.ca=" + this.depot.certificate("stranger"));
		assertThatThrownBy(this::start).isInstanceOf(LedgerClientException.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("the channel ledger failed: UNAVAILABLE")
			.contains("is not among the 1 trust anchors of")
			.contains("sample.client.enabled=false");
	}

	@Test
	void brokenJournalEndsTheApplicationWithItsLine(@TempDir Path journals, CapturedOutput output) throws Exception {
		Path journal = Files.writeString(journals.resolve("j.txt"), "hello\n");
		this.arguments.add("--sample.client.journal=file:" + journal);
		assertThatThrownBy(this::start).isInstanceOf(LedgerClientException.class);
		assertThat(output).contains("line 1: found \"hello\"").contains("Correct the journal");
	}

	private CertificateAuthority create(String name) {
		return CertificateAuthority.create(this.depot, AuthorityRequest.named(name), Clock.systemUTC());
	}

	private ConfigurableApplicationContext start() {
		return new SpringApplication(SampleApplication.class).run(this.arguments.toArray(String[]::new));
	}

}
