package io.github.securegrpc.sample.observe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.certs.AuthorityRequest;
import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.LeafRequest;
import io.github.securegrpc.certs.SubjectAlternativeName;
import io.github.securegrpc.sample.SampleApplication;

/**
 * The sample with certificates of its own, as a browser and a Prometheus see it.
 */
final class RunningSample implements AutoCloseable {

	private final HttpClient client = HttpClient.newHttpClient();

	private final Depot depot;

	private final CertificateAuthority authority;

	private final ConfigurableApplicationContext context;

	private final int grpcPort = TestSocketUtils.findAvailableTcpPort();

	RunningSample(Path directory, Duration life, String... more) {
		this.depot = Depot.pem(directory);
		Clock then = Clock.offset(Clock.systemUTC(), Duration.ofDays(-40));
		CertificateAuthority.create(this.depot, AuthorityRequest.named("ca"), then).crl();
		this.authority = CertificateAuthority.open(this.depot, "ca", Clock.systemUTC());
		renew(life);
		List<String> arguments = new ArrayList<>(List.of("--grpc.server.port=" + this.grpcPort, "--server.port=0",
				"--sample.ledger.directory=" + directory.resolve("ledger"), "--secure-grpc.dev-ca.enabled=false",
				"--secure-grpc.reload.interval=1s", "--secure-grpc.cert=" + this.depot.certificate("ledger"),
				"--secure-grpc.key=" + this.depot.key("ledger"), "--secure-grpc.ca=" + this.depot.certificate("ca")));
		arguments.addAll(List.of(more));
		this.context = new SpringApplication(SampleApplication.class).run(arguments.toArray(String[]::new));
	}

	void renew(Duration life) {
		this.depot.replace("ledger",
				this.authority.issue(LeafRequest
					.peer("ledger", SubjectAlternativeName.dns("localhost"), SubjectAlternativeName.ip("127.0.0.1"))
					.withValidity(life)));
	}

	/* The list of an authority that was forgotten ten days ago. */
	static Path expiredCrl(Path directory) {
		return Depot.pem(directory).revocations("ca");
	}

	Path key() {
		return this.depot.key("ledger");
	}

	int grpcPort() {
		return this.grpcPort;
	}

	int httpPort() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	String url() {
		return "http://127.0.0.1:" + httpPort() + "/";
	}

	String get(String path) {
		return send(HttpRequest.newBuilder(URI.create(url() + path)).build());
	}

	String post(String path) {
		return send(HttpRequest.newBuilder(URI.create(url() + path))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.noBody())
			.build());
	}

	/* A client that trusts the server and has no certificate. */
	void handshakeWithoutCertificate() throws Exception {
		SSLContext stranger = SSLContext.getInstance("TLS");
		stranger.init(null,
				this.context.getBean(SslBundles.class).getBundle("secure-grpc-client").getManagers().getTrustManagers(),
				null);
		try (SSLSocket socket = (SSLSocket) stranger.getSocketFactory().createSocket("127.0.0.1", this.grpcPort)) {
			socket.startHandshake();
			socket.getInputStream().read();
		}
		catch (IOException ex) {
			// refused
		}
	}

	private String send(HttpRequest request) {
		try {
			return this.client.send(request, HttpResponse.BodyHandlers.ofString()).body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

}
