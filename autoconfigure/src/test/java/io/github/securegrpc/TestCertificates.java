package io.github.securegrpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.function.UnaryOperator;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * Certificates issued for one test, and their PEM files.
 */
public final class TestCertificates {

	private TestCertificates() {
	}

	public static X509Bundle authority(String name) {
		return issue((builder) -> builder.subject("CN=" + name).setIsCertificateAuthority(true), null);
	}

	public static X509Bundle server(X509Bundle issuer) {
		return issue((builder) -> builder.subject("CN=server")
			.addSanDnsName("localhost")
			.addSanIpAddress("127.0.0.1")
			.addExtendedKeyUsageServerAuth(), issuer);
	}

	public static X509Bundle client(X509Bundle issuer) {
		return issue((builder) -> builder.subject("CN=client").addSanDnsName("client").addExtendedKeyUsageClientAuth(),
				issuer);
	}

	public static X509Bundle issue(UnaryOperator<CertificateBuilder> customizer, X509Bundle issuer) {
		Instant now = Instant.now();
		CertificateBuilder builder = customizer
			.apply(new CertificateBuilder().algorithm(CertificateBuilder.Algorithm.ecp256)
				.notBefore(now.minus(Duration.ofHours(1)))
				.notAfter(now.plus(Duration.ofDays(1))));
		try {
			return (issuer != null) ? builder.buildIssuedBy(issuer) : builder.buildSelfSigned();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static String pem(X509Certificate... certificates) {
		StringBuilder pem = new StringBuilder();
		for (X509Certificate certificate : certificates) {
			try {
				pem.append(block("CERTIFICATE", certificate.getEncoded()));
			}
			catch (java.security.cert.CertificateException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return pem.toString();
	}

	public static X509Certificate certificate(String pem) {
		return PemContent.of(pem).getCertificates().get(0);
	}

	public static String pem(PrivateKey key) {
		return block("PRIVATE KEY", key.getEncoded());
	}

	public static String block(String label, byte[] content) {
		return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label,
				Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content), label);
	}

	public static Path write(Path file, String content) {
		try {
			return Files.writeString(file, content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
