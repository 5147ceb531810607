package io.github.securegrpc.certs.key;

import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;

import io.github.securegrpc.certs.key.Pem.PemFormatException;
import io.github.securegrpc.material.RefusedException;

/**
 * What a file holds, in whichever form: PEM, DER or PKCS#12. Immutable.
 *
 * @param path the file
 * @param format its form, in words
 * @param keys its private keys, not opened yet
 * @param certificates its certificates, in their order
 * @param revocations its lists of revoked certificates
 * @param others what else there is, in words
 * @param objections why an application with the starter would not read its private keys
 * @since 0.1.0
 */
public record CertificateFile(Path path, String format, List<StoredKey> keys, List<X509Certificate> certificates,
		List<X509CRL> revocations, List<String> others, List<RefusedException> objections) {

	public CertificateFile {
		keys = List.copyOf(keys);
		certificates = List.copyOf(certificates);
		revocations = List.copyOf(revocations);
		others = List.copyOf(others);
		objections = List.copyOf(objections);
	}

	/**
	 * Reads a file.
	 * @param path the file
	 * @param passphrases asked only for a PKCS#12 key store; an encrypted key is not
	 * opened yet
	 * @return what it holds, at least one thing
	 * @throws RefusedException if it is missing, too large, or of no known form
	 */
	public static CertificateFile read(Path path, PassphraseSource passphrases) {
		byte[] content = PemFile.bytes(path, PemFile.LARGEST_LIST);
		try {
			return new CertificateFileParser(path, passphrases).parse(content);
		}
		catch (PemFormatException ex) {
			throw new RefusedException(
					"%s: %s (expected: keys or certificates as PEM, DER or PKCS#12)".formatted(path, ex.getMessage()),
					"Name the right file, or fetch it again.");
		}
	}

}
