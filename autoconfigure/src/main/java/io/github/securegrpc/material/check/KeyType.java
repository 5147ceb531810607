package io.github.securegrpc.material.check;

import java.nio.ByteBuffer;
import java.security.Key;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsProvider;

/**
 * What kind of key a key is, by the object identifiers of its encoding, and which TLS
 * provider can prove with it who we are. The JVM may decode keys that it cannot sign
 * with.
 *
 * @param name the kind in words, such as {@code EC P-256}
 * @param signers the providers that can use it
 * @since 0.1.0
 */
public record KeyType(String name, Set<TlsProvider> signers) {

	/** What every provider can use, in words. */
	public static final String EVERYWHERE = "RSA, EC P-256 or EC P-384";

	/** What the jdk provider alone can use, in words. */
	public static final String JDK_ALONE = "RSASSA-PSS, EC P-521, Ed25519 and Ed448";

	private static final int SEQUENCE = 0x30;

	private static final int OID = 0x06;

	private static final int INTEGER = 0x02;

	private static final String EC = "1.2.840.10045.2.1";

	private static final Set<TlsProvider> BOTH = Set.of(TlsProvider.OPENSSL, TlsProvider.JDK);

	private static final Set<TlsProvider> JDK = Set.of(TlsProvider.JDK);

	private static final Map<String, KeyType> KNOWN = Map.ofEntries(known("1.2.840.113549.1.1.1", "RSA", BOTH),
			known("1.2.840.113549.1.1.10", "RSASSA-PSS", JDK), known("1.2.840.10045.3.1.7", "EC P-256", BOTH),
			known("1.3.132.0.34", "EC P-384", BOTH), known("1.3.132.0.35", "EC P-521", JDK),
			known("1.3.101.112", "Ed25519", JDK), known("1.3.101.113", "Ed448", JDK),
			known("1.3.132.0.10", "EC secp256k1", Set.of()), known("1.3.132.0.33", "EC P-224", Set.of()),
			known("1.2.840.10045.3.1.1", "EC P-192", Set.of()),
			known("1.3.36.3.3.2.8.1.1.7", "EC brainpoolP256r1", Set.of()),
			known("1.3.36.3.3.2.8.1.1.11", "EC brainpoolP384r1", Set.of()),
			known("1.3.36.3.3.2.8.1.1.13", "EC brainpoolP512r1", Set.of()),
			known("1.2.156.10197.1.301", "SM2", Set.of()), known("1.2.840.10040.4.1", "DSA", Set.of()),
			known("1.3.101.110", "X25519", Set.of()), known("1.3.101.111", "X448", Set.of()),
			known("2.16.840.1.101.3.4.3.17", "ML-DSA-44", Set.of()),
			known("2.16.840.1.101.3.4.3.18", "ML-DSA-65", Set.of()),
			known("2.16.840.1.101.3.4.3.19", "ML-DSA-87", Set.of()));

	public KeyType {
		signers = Set.copyOf(signers);
	}

	/**
	 * Returns what kind of key a key is.
	 * @param key a public or private key
	 * @return its kind; by its algorithm's name and for every provider to try, if it does
	 * not show its encoding
	 */
	public static KeyType of(Key key) {
		byte[] encoded = key.getEncoded();
		return (encoded != null) ? of(encoded) : new KeyType(key.getAlgorithm(), BOTH);
	}

	/**
	 * Returns what kind of key an encoding holds, whether the JVM decodes it or not.
	 * @param encoded a SubjectPublicKeyInfo, a PKCS#8 or a SEC1 private key
	 * @return its kind
	 */
	public static KeyType of(byte[] encoded) {
		try {
			List<DerValue> values = DerValue.listOf(DerValue.first(ByteBuffer.wrap(encoded)).content());
			if (values.get(0).tag() != INTEGER) {
				return ofAlgorithm(values.get(0));
			}
			if (values.get(1).tag() == SEQUENCE) {
				return ofAlgorithm(values.get(1));
			}
			return (values.get(1).tag() == INTEGER) ? KNOWN.getOrDefault("1.2.840.113549.1.1.1", unknown("RSA"))
					: ofCurve(DerValue.first(values.get(2).content()));
		}
		catch (CertificateParsingException | IndexOutOfBoundsException ex) {
			return unknown("of a kind that its encoding does not say");
		}
	}

	private static KeyType ofAlgorithm(DerValue identifier) throws CertificateParsingException {
		List<DerValue> parts = DerValue.listOf(identifier.content());
		String algorithm = parts.get(0).oid();
		return algorithm.equals(EC) ? ofCurve(parts.get(1)) : KNOWN.getOrDefault(algorithm, unknown(algorithm));
	}

	private static KeyType ofCurve(DerValue parameters) {
		if (parameters.tag() != OID) {
			return unknown("EC with explicit parameters");
		}
		String curve = parameters.oid();
		return KNOWN.getOrDefault(curve, unknown("EC " + curve));
	}

	/**
	 * Refuses a leaf whose key no provider can use.
	 * @param leaf the leaf
	 * @param from where it came from, for the message
	 */
	public static void check(X509Certificate leaf, String from) {
		KeyType type = of(leaf.getPublicKey());
		if (type.signers.isEmpty()) {
			throw new RefusedException(
					"%s: the leaf %s has a key of type %s, with which no TLS provider here can sign (expected: %s; with jdk also %s)"
						.formatted(from, leaf.getSubjectX500Principal(), type.name, EVERYWHERE, JDK_ALONE),
					"Make a new key, such as EC P-256, and request the certificate again with it.");
		}
	}

	/**
	 * Returns what kind of key a private key is, where that may be more than its
	 * algorithm says.
	 * @param privateKey the key
	 * @param leaf the certificate that it belongs to
	 * @return the first of both that not every provider can use, else that of the leaf
	 */
	public static KeyType narrowest(PrivateKey privateKey, X509Certificate leaf) {
		KeyType type = of(leaf.getPublicKey());
		return (type.signers.size() < BOTH.size()) ? type : of(privateKey);
	}

	private static KeyType unknown(String name) {
		return new KeyType(name, Set.of());
	}

	private static Map.Entry<String, KeyType> known(String oid, String name, Set<TlsProvider> signers) {
		return Map.entry(oid, new KeyType(name, signers));
	}

}
