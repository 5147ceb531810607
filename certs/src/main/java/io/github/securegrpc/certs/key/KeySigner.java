package io.github.securegrpc.certs.key;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;

/**
 * Signs with the JVM what Bouncy Castle has put together. Its own signer knows every
 * algorithm there is, which costs a command more than the signature.
 *
 * @since 0.1.0
 */
public final class KeySigner implements ContentSigner {

	private final PrivateKey key;

	private final ByteArrayOutputStream content = new ByteArrayOutputStream();

	/**
	 * Creates a signer.
	 * @param key what to sign with: EC, RSA or Ed25519
	 */
	public KeySigner(PrivateKey key) {
		this.key = key;
	}

	@Override
	public AlgorithmIdentifier getAlgorithmIdentifier() {
		return switch (signatureOf(this.key)) {
			case "SHA256withECDSA" -> new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
			case "Ed25519" -> new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
			default -> new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
		};
	}

	@Override
	public OutputStream getOutputStream() {
		return this.content;
	}

	@Override
	public byte[] getSignature() {
		try {
			return sign(this.key, this.content.toByteArray());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Cannot sign with a key of algorithm " + this.key.getAlgorithm(), ex);
		}
	}

	static String signatureOf(PrivateKey key) {
		return switch (key.getAlgorithm()) {
			case "EC" -> "SHA256withECDSA";
			case "RSA" -> "SHA256withRSA";
			case "EdDSA", "Ed25519" -> "Ed25519";
			default -> throw new IllegalArgumentException(
					"key algorithm: %s (expected: EC, RSA or Ed25519)".formatted(key.getAlgorithm()));
		};
	}

	static byte[] sign(PrivateKey key, byte[] content) throws GeneralSecurityException {
		Signature signature = Signature.getInstance(signatureOf(key));
		signature.initSign(key);
		signature.update(content);
		return signature.sign();
	}

}
