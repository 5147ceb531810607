package io.github.securegrpc.material.check;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether a private key belongs to a certificate, by signing with the one and
 * verifying with the other. Where the JVM cannot sign with it, the numbers that both hold
 * are compared; what cannot be compared either neither belongs nor differs, and a
 * handshake has to tell.
 *
 * @since 0.1.0
 */
public final class KeyMatch {

	private static final String PSS = "RSASSA-PSS";

	private static final byte[] MESSAGE = { 's', 'e', 'c', 'u', 'r', 'e', '-', 'g', 'r', 'p', 'c' };

	private KeyMatch() {
	}

	/**
	 * Returns whether a private key is proven to belong to a certificate.
	 * @param privateKey the key
	 * @param certificate the certificate
	 * @return {@code false} also if that cannot be told
	 */
	public static boolean belongs(PrivateKey privateKey, X509Certificate certificate) {
		return Boolean.TRUE.equals(judge(privateKey, certificate.getPublicKey()));
	}

	/**
	 * Returns whether a private key is proven to belong to another public key.
	 * @param privateKey the key
	 * @param certificate the certificate
	 * @return {@code false} also if that cannot be told
	 */
	public static boolean differs(PrivateKey privateKey, X509Certificate certificate) {
		return Boolean.FALSE.equals(judge(privateKey, certificate.getPublicKey()));
	}

	private static @Nullable Boolean judge(PrivateKey privateKey, PublicKey publicKey) {
		if (privateKey instanceof RSAKey one && publicKey instanceof RSAKey other
				&& !one.getModulus().equals(other.getModulus())) {
			return false;
		}
		if (!family(privateKey.getAlgorithm()).equals(family(publicKey.getAlgorithm()))) {
			return false;
		}
		if (privateKey instanceof ECKey one && publicKey instanceof ECKey other
				&& !one.getParams().getCurve().equals(other.getParams().getCurve())) {
			return false;
		}
		try {
			Signature signature = signature(privateKey);
			signature.initSign(privateKey);
			signature.update(MESSAGE);
			byte[] signed = signature.sign();
			signature.initVerify(publicKey);
			signature.update(MESSAGE);
			return signature.verify(signed);
		}
		catch (GeneralSecurityException ex) {
			// of an RSA key the modulus was compared
			return (publicKey instanceof RSAKey && privateKey instanceof RSAKey) ? Boolean.TRUE : null;
		}
	}

	private static Signature signature(PrivateKey key) throws GeneralSecurityException {
		Signature signature = Signature.getInstance(signatureFor(key.getAlgorithm()));
		if (key.getAlgorithm().equals(PSS)) {
			AlgorithmParameterSpec restriction = (key instanceof RSAKey rsa) ? rsa.getParams() : null;
			signature.setParameter((restriction != null) ? restriction
					: new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
		}
		return signature;
	}

	private static String family(String algorithm) {
		return switch (algorithm) {
			case "Ed25519", "Ed448" -> "EdDSA";
			case PSS -> "RSA";
			default -> algorithm;
		};
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
