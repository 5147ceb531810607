package io.github.securegrpc.application;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * An application with a good pair of files, which is refused.
 */
public abstract class StartGuards {

	public final X509Bundle ca = TestCertificates.authority("ca");

	public final X509Bundle server = TestCertificates.server(this.ca);

	@TempDir
	public Path directory = Path.of("");

	public String cert = "";

	public String key = "";

	@BeforeEach
	public void writePair() {
		this.cert = file("tls.crt", TestCertificates.pem(this.server.getCertificate()));
		this.key = file("tls.key", TestCertificates.pem(this.server.getKeyPair().getPrivate()));
	}

	/* The port is taken: an application that opened it would fail for that. */
	public void refuses(String message, String... properties) {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatThrownBy(
					() -> TestApplication.start(with(properties, "grpc.server.port=" + taken.getLocalPort())).close())
				.satisfies((ex) -> assertThat(refusal(ex)).hasMessageContaining(message)
					.satisfies((refusal) -> assertThat(refusal.action()).isNotBlank())
					.satisfies((refusal) -> assertThat(refusal.getMessage() + refusal.action()).doesNotContain(
							TestCertificates.pem(this.server.getKeyPair().getPrivate()).substring(30, 90))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static RefusedException refusal(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof RefusedException refusal) {
				return refusal;
			}
		}
		throw new AssertionError("not refused", thrown);
	}

	public X509Bundle issue(java.util.function.UnaryOperator<CertificateBuilder> customizer) {
		return TestCertificates
			.issue((builder) -> customizer.apply(builder.subject("CN=server").addSanDnsName("localhost")), this.ca);
	}

	public String[] pair(X509Bundle bundle) {
		return pair(file("issued.crt", TestCertificates.pem(bundle.getCertificate())),
				file("issued.key", TestCertificates.pem(bundle.getKeyPair().getPrivate())));
	}

	public static String[] pair(String cert, String key) {
		return new String[] { "secure-grpc.server.cert=" + cert, "secure-grpc.server.key=" + key };
	}

	public static String[] with(String[] properties, String... more) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.addAll(List.of(more));
		return all.toArray(String[]::new);
	}

	public String file(String name, String content) {
		return TestCertificates.write(this.directory.resolve(name), content).toString();
	}

}
