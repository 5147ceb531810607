package io.github.securegrpc.material;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.ssl.pem.PemContent;

/**
 * The certificates of a PEM file, in their order.
 */
final class PemCertificates {

	private PemCertificates() {
	}

	static List<X509Certificate> parse(PemFile file) {
		List<PemBlock> blocks = file.blocks(PemBlock::isCertificate);
		if (blocks.isEmpty()) {
			throw new RefusedException(
					"%s holds no certificate, only %s (expected: -----BEGIN CERTIFICATE-----)"
						.formatted(file.location(), file.labels()),
					"Point %s at the PEM file with the certificate.".formatted(file.location().property()));
		}
		List<X509Certificate> certificates = new ArrayList<>();
		for (PemBlock block : blocks) {
			certificates.add(parse(file, block, certificates.size() + 1));
		}
		return certificates;
	}

	private static X509Certificate parse(PemFile file, PemBlock block, int number) {
		try {
			X509Certificate certificate = PemContent.of(block.text()).getCertificates().get(0);
			KeySize.check(certificate, file.location().toString());
			return certificate;
		}
		catch (RefusedException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new RefusedException(
					"certificate %d in %s cannot be decoded (expected: base64 of an X.509 certificate)"
						.formatted(number, file.location()),
					"Fetch the file again; check it with `openssl x509 -in FILE -noout -text`.", ex);
		}
	}

}
