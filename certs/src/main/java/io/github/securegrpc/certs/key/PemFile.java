package io.github.securegrpc.certs.key;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;

import org.bouncycastle.pkcs.PKCS10CertificationRequest;

import io.github.securegrpc.certs.file.FileFault;
import io.github.securegrpc.certs.key.Pem.PemFormatException;
import io.github.securegrpc.material.RefusedException;

/**
 * Reads one key or one certificate of a file, and refuses by the file's name, never with
 * its content.
 *
 * @since 0.1.0
 */
public final class PemFile {

	private static final int LARGEST = 1024 * 1024;

	static final int LARGEST_LIST = 16 * LARGEST;

	private PemFile() {
	}

	/**
	 * Reads and opens a private key.
	 * @param file the file
	 * @param passphrases asked only for an encrypted key
	 * @return the key
	 * @throws RefusedException if there is none that opens
	 */
	public static PrivateKey privateKey(Path file, PassphraseSource passphrases) {
		return key(file).open(passphrases);
	}

	/**
	 * Reads a private key, and does not open it yet.
	 * @param file the file
	 * @return the key
	 * @throws RefusedException if there is none
	 */
	public static StoredKey key(Path file) {
		try {
			return new StoredKey(file, Pem.privateKey(text(file, LARGEST)));
		}
		catch (PemFormatException ex) {
			throw refusedKey(file, ex);
		}
	}

	static RefusedException refusedKey(Path file, PemFormatException ex) {
		return new RefusedException(
				"%s: %s (expected: a PEM private key, and its passphrase if it is encrypted)".formatted(file,
						ex.getMessage()),
				"Restore the file, give its passphrase, or convert it: openssl pkcs8 -topk8 -nocrypt -in %s"
					.formatted(file));
	}

	/**
	 * Reads a certificate.
	 * @param file the file
	 * @return the certificate
	 * @throws RefusedException if there is none
	 */
	public static X509Certificate certificate(Path file) {
		try {
			return Pem.certificate(text(file, LARGEST));
		}
		catch (PemFormatException ex) {
			throw new RefusedException("%s: %s (expected: a PEM certificate)".formatted(file, ex.getMessage()),
					"Restore the file.");
		}
	}

	/**
	 * Reads a request.
	 * @param file the file
	 * @return the request
	 * @throws RefusedException if there is none
	 */
	public static PKCS10CertificationRequest request(Path file) {
		try {
			return Pem.request(text(file, LARGEST));
		}
		catch (PemFormatException ex) {
			throw new RefusedException("%s: %s (expected: a PEM PKCS#10 request)".formatted(file, ex.getMessage()),
					"Make the request again, or remove it to have a new key made here.");
		}
	}

	/**
	 * Reads lists of revoked certificates, PEM or DER, as other tools write them.
	 * @param file the file
	 * @return the lists, none if there is no file
	 * @throws RefusedException if there is a file and no list in it
	 */
	public static List<X509CRL> revocations(Path file) {
		if (Files.notExists(file)) {
			return List.of();
		}
		String action = "Restore the file from a backup: what it revoked must stay revoked.";
		try {
			List<X509CRL> lists = CertificateFile.read(file, PassphraseSource.NONE).revocations();
			if (lists.isEmpty()) {
				throw new RefusedException(
						"%s: no list of revoked certificates (expected: a PEM X509 CRL)".formatted(file), action);
			}
			return lists;
		}
		catch (RefusedException ex) {
			if (ex.getCause() instanceof IOException) {
				throw ex;
			}
			throw new RefusedException(String.valueOf(ex.getMessage()), action, ex);
		}
	}

	private static String text(Path file, int largest) {
		return new String(bytes(file, largest), StandardCharsets.ISO_8859_1);
	}

	static byte[] bytes(Path file, int largest) {
		try (InputStream content = Files.newInputStream(file)) {
			byte[] bytes = content.readNBytes(largest + 1);
			if (bytes.length > largest) {
				throw new RefusedException(
						"%s: larger than %d MiB (expected: keys, certificates or a list of revoked ones)"
							.formatted(file, largest / LARGEST),
						"Name the right file.");
			}
			return bytes;
		}
		catch (IOException ex) {
			FileFault fault = new FileFault(file, ex);
			throw new RefusedException("%s: %s (expected: a file with keys, certificates or a list of revoked ones)"
				.formatted(file, fault.found()), fault.action(), ex);
		}
	}

}
