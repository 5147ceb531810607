package io.github.securegrpc.certs.cli.report;

import java.io.PrintWriter;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.List;

import io.github.securegrpc.material.Fingerprint;
import io.github.securegrpc.text.SubjectAlternativeNames;

/**
 * A certificate in plain words.
 *
 * @param out where to print it
 * @param now what the validity is measured by
 * @since 0.1.0
 */
public record CertificateReport(PrintWriter out, Instant now) {

	/**
	 * Prints a certificate.
	 * @param number its place in the file or chain
	 * @param certificate the certificate
	 */
	public void print(int number, X509Certificate certificate) {
		Lines.say(this.out, "%d. %s".formatted(number, certificate.getSubjectX500Principal()));
		line("issued by", issuer(certificate));
		List<String> names = SubjectAlternativeNames.of(certificate);
		if (certificate.getBasicConstraints() >= 0) {
			line("is", "an authority");
		}
		if (Objections.isLeaf(certificate)) {
			line("names", names.isEmpty() ? "none" : String.join(", ", names));
			line("for", Objections.purposesOf(certificate));
		}
		line("valid",
				"%s to %s".formatted(certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant()));
		line("", ValidityBar.of(certificate, this.now));
		line("key", key(certificate.getPublicKey()));
		line("signature", certificate.getSigAlgName());
		line("serial", certificate.getSerialNumber().toString(16));
		line("fingerprint", Fingerprint.of(certificate));
	}

	static String key(PublicKey key) {
		if (key instanceof RSAKey rsa) {
			return "RSA, %d bits".formatted(rsa.getModulus().bitLength());
		}
		if (key instanceof ECKey ec) {
			return "EC, %d bits".formatted(ec.getParams().getOrder().bitLength());
		}
		return key.getAlgorithm();
	}

	private void line(String label, String value) {
		Lines.say(this.out, "   %-12s %s".formatted(label, value));
	}

	private static String issuer(X509Certificate certificate) {
		return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal()) ? "itself"
				: certificate.getIssuerX500Principal().toString();
	}

}
