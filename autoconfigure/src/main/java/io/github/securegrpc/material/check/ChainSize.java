package io.github.securegrpc.material.check;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.stream.Stream;

import javax.security.auth.x500.X500Principal;

import io.github.securegrpc.material.RefusedException;

/**
 * The most that a peer may present, and so the most that is presented to peers: what we
 * would refuse of others, others may refuse of us.
 *
 * @since 0.1.0
 */
public final class ChainSize {

	/** Certificates, as JSSE and BoringSSL bound the depth of a path. */
	public static final int CERTIFICATES = 10;

	/** Bytes of all certificates, as JSSE bounds a handshake message. */
	public static final int BYTES = 32 * 1024;

	/**
	 * Bytes of a name: JSSE compares names in a form whose cost grows with the square of
	 * some.
	 */
	public static final int NAME_BYTES = 2 * 1024;

	/** Bits of an RSA key. */
	public static final int RSA_BITS = 8_192;

	private ChainSize() {
	}

	static void check(List<X509Certificate> chain, String from) {
		if (chain.size() > CERTIFICATES) {
			throw refused(from, "%d certificates".formatted(chain.size()), "%d at most".formatted(CERTIFICATES));
		}
		int bytes = 0;
		for (X509Certificate certificate : chain) {
			bytes += bytes(certificate);
			int name = Stream.of(certificate.getSubjectX500Principal(), certificate.getIssuerX500Principal())
				.map(X500Principal::getEncoded)
				.mapToInt((encoded) -> encoded.length)
				.max()
				.orElse(0);
			if (name > NAME_BYTES) {
				throw refused(from, "a name of %d bytes".formatted(name), "%d at most".formatted(NAME_BYTES));
			}
			if (certificate.getPublicKey() instanceof RSAKey rsa && rsa.getModulus().bitLength() > RSA_BITS) {
				throw refused(from, "an RSA key of %d bits".formatted(rsa.getModulus().bitLength()),
						"%d at most".formatted(RSA_BITS));
			}
		}
		if (bytes > BYTES) {
			throw refused(from, "%d bytes of certificates".formatted(bytes), "%d at most".formatted(BYTES));
		}
	}

	private static int bytes(X509Certificate certificate) {
		try {
			return certificate.getEncoded().length;
		}
		catch (CertificateEncodingException ex) {
			throw new IllegalStateException("a certificate that was decoded", ex);
		}
	}

	private static RefusedException refused(String from, String found, String expected) {
		return new RefusedException(
				"%s presents %s (expected: %s, or peers refuse it)".formatted(from, found, expected),
				"Write the leaf and the intermediates above it to the file, and nothing else; request what is too big again, with a key such as EC P-256.");
	}

}
