package io.github.securegrpc.material.source;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.check.KeySize;

/**
 * The certificates of a PEM file, in their order.
 */
final class PemCertificates {

	private PemCertificates() {
	}

	static List<X509Certificate> parse(PemFile file) {
		return parse(file, (objection) -> {
			throw objection;
		});
	}

	/* A file that is damaged is refused; what is whole and cannot be used is told. */
	static List<X509Certificate> parse(PemFile file, Consumer<RefusedException> unsuitable) {
		Location location = file.location();
		file.blocks(PemBlock::isOtherCertificate).stream().findFirst().ifPresent((block) -> {
			throw refused(location, "holds %s (expected: -----BEGIN CERTIFICATE-----)".formatted(block.label()),
					(block.isPkcs7() ? "Convert it: openssl pkcs7 -print_certs -in %1$s -out %1$s.pem"
							: "Convert it: openssl x509 -in %1$s -out %1$s.pem")
						.formatted(location.file()));
		});
		List<PemBlock> blocks = file.blocks(PemBlock::isCertificate);
		if (blocks.isEmpty()) {
			throw refused(location,
					"holds no certificate, only %s (expected: -----BEGIN CERTIFICATE-----)".formatted(file.labels()),
					"Point %s at the PEM file with the certificate.".formatted(location.property()));
		}
		List<X509Certificate> certificates = new ArrayList<>();
		for (int i = 0; i < blocks.size(); i++) {
			byte[] der = der(location, blocks.get(i), i + 1);
			try {
				X509Certificate certificate = decode(location, der, i + 1);
				KeySize.check(certificate, location.toString());
				certificates.add(certificate);
			}
			catch (RefusedException ex) {
				unsuitable.accept(ex);
			}
		}
		return certificates;
	}

	private static byte[] der(Location location, PemBlock block, int number) {
		byte[] der;
		try {
			der = block.der();
		}
		catch (IllegalArgumentException ex) {
			throw undecodable(location, number, "it is not base64 between its BEGIN and END lines", ex);
		}
		DerKind kind = DerKind.of(der);
		if (kind != DerKind.CERTIFICATE) {
			String command = kind.command(location.file()).replace(" -inform der", "");
			throw refused(location,
					"says CERTIFICATE of %s, block %d (expected: an X.509 certificate)".formatted(kind.words(), number),
					(kind == DerKind.PKCS7)
							? "Write PKCS7 for CERTIFICATE in its boundaries, then convert it: %s".formatted(command)
							: "Fetch the file again.");
		}
		return der;
	}

	private static X509Certificate decode(Location location, byte[] der, int number) {
		try {
			return (X509Certificate) CertificateFactory.getInstance("X.509")
				.generateCertificate(new ByteArrayInputStream(der));
		}
		catch (CertificateException | RuntimeException ex) {
			throw undecodable(location, number, "the JVM says: %s".formatted(ex.getMessage()), ex);
		}
	}

	private static RefusedException undecodable(Location location, int number, String reason, Exception cause) {
		return new RefusedException(
				"certificate %d in %s cannot be decoded, %s (expected: an X.509 certificate of RFC 5280)"
					.formatted(number, location, reason),
				location.about(
						"Fetch the file again, or request the certificate again without that fault; `openssl x509 -in %s -noout -text` shows it."
							.formatted(location.file())),
				cause);
	}

	private static RefusedException refused(Location location, String what, String action) {
		return new RefusedException("%s %s".formatted(location, what), location.about(action));
	}

}
