package io.github.securegrpc.material;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/**
 * Tells whether a private key belongs to a certificate, by signing with the one and
 * verifying with the other.
 */
final class KeyMatch {

	private static final byte[] MESSAGE = { 's', 'e', 'c', 'u', 'r', 'e', '-', 'g', 'r', 'p', 'c' };

	private KeyMatch() {
	}

	static boolean belongs(PrivateKey privateKey, X509Certificate certificate) {
		PublicKey publicKey = certificate.getPublicKey();
		if (!family(privateKey.getAlgorithm()).equals(family(publicKey.getAlgorithm()))) {
			return false;
		}
		try {
			Signature signature = Signature.getInstance(signatureFor(privateKey.getAlgorithm()));
			signature.initSign(privateKey);
			signature.update(MESSAGE);
			byte[] signed = signature.sign();
			signature.initVerify(publicKey);
			signature.update(MESSAGE);
			return signature.verify(signed);
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

	private static String family(String algorithm) {
		return (algorithm.equals("Ed25519") || algorithm.equals("Ed448")) ? "EdDSA" : algorithm;
	}

	private static String signatureFor(String algorithm) {
		return switch (algorithm) {
			case "RSA" -> "SHA256withRSA";
			case "EC" -> "SHA256withECDSA";
			case "DSA" -> "SHA256withDSA";
			default -> algorithm;
		};
	}

}
