package io.github.securegrpc.certs.key;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RefusedException;

/**
 * How a private key is written as PEM.
 *
 * @since 0.1.0
 */
public enum KeyEncoding {

	/**
	 * Every kind of key (RFC 5958), and with a passphrase {@code ENCRYPTED PRIVATE KEY}.
	 * The one to choose.
	 */
	PKCS8(null),

	/**
	 * {@code RSA PRIVATE KEY} (RFC 8017, A.1.2), as certstrap and OpenSSL before 3.0
	 * write it.
	 */
	PKCS1("RSA"),

	/**
	 * {@code EC PRIVATE KEY} (RFC 5915), as {@code openssl ecparam} writes it.
	 */
	SEC1("EC");

	private final @Nullable String algorithm;

	KeyEncoding(@Nullable String algorithm) {
		this.algorithm = algorithm;
	}

	/**
	 * Writes a key as PEM.
	 * @param key the key
	 * @param passphrase what to encrypt it with, in the forms of old with the legacy
	 * encryption of OpenSSL; {@code null} for a key in the clear
	 * @return the PEM text
	 * @throws RefusedException if this encoding is for another kind of key
	 */
	public byte[] encode(PrivateKey key, @Nullable Passphrase passphrase) {
		if (this.algorithm == null) {
			return Pem.encode(key, passphrase);
		}
		if (!this.algorithm.equals(key.getAlgorithm())) {
			throw new RefusedException("%s holds %s keys, and this one is %s (expected: another encoding)"
				.formatted(this, this.algorithm, key.getAlgorithm()), "Choose PKCS8, which holds every kind of key.");
		}
		String label = this.algorithm + " PRIVATE KEY";
		PemObject content = new PemObject(label, content(key));
		return Pem.encode((passphrase != null) ? LegacyEncryption.encrypt(content, passphrase) : content);
	}

	private static byte[] content(PrivateKey key) {
		try {
			PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
			if (!(key instanceof ECPrivateKey ec)) {
				return info.parsePrivateKey().toASN1Primitive().getEncoded();
			}
			// inside PKCS#8 the curve is said outside the key
			ASN1Encodable curve = info.getPrivateKeyAlgorithm().getParameters();
			DERBitString point = new DERBitString(
					SubjectPublicKeyInfo.getInstance(PublicKeys.of(key).getEncoded()).getPublicKeyData().getOctets());
			return new org.bouncycastle.asn1.sec.ECPrivateKey(ec.getParams().getOrder().bitLength(), ec.getS(), point,
					curve)
				.getEncoded();
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot encode a private key", ex);
		}
	}

}
