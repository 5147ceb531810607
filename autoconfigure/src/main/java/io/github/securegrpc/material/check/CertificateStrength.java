package io.github.securegrpc.material.check;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RefusedException;

/**
 * The least that a key or a signature must be: RSA of 2048 bits, a digest better than
 * SHA-1 (CA/Browser Forum Baseline Requirements, 6.1.5 and 7.1.3).
 *
 * @since 0.1.0
 */
public final class CertificateStrength {

	private static final int RSA_BITS = 2048;

	private CertificateStrength() {
	}

	/**
	 * Returns what is weak about a certificate's key.
	 * @param certificate the certificate
	 * @return the weakness in words, or {@code null}
	 */
	public static @Nullable String weakKey(X509Certificate certificate) {
		return (certificate.getPublicKey() instanceof RSAKey rsa && rsa.getModulus().bitLength() < RSA_BITS)
				? "an RSA key of %d bits".formatted(rsa.getModulus().bitLength()) : null;
	}

	/**
	 * Returns what is weak about a certificate's signature.
	 * @param certificate the certificate
	 * @return the weakness in words, or {@code null}; always {@code null} for a
	 * self-issued certificate, whose own signature proves nothing
	 */
	public static @Nullable String weakSignature(X509Certificate certificate) {
		return (isWeakDigest(certificate.getSigAlgName(), certificate.getSigAlgParams())
				&& !Issuer.issued(certificate, certificate)) ? "a %s signature".formatted(certificate.getSigAlgName())
						: null;
	}

	/*
	 * The name of RSASSA-PSS does not say the digest; without parameters it is SHA-1 (RFC
	 * 4055, 3.1).
	 */
	static boolean isWeakDigest(String algorithm, byte @Nullable [] parameters) {
		if (!algorithm.equalsIgnoreCase("RSASSA-PSS")) {
			return isWeak(algorithm);
		}
		try {
			AlgorithmParameters decoded = AlgorithmParameters.getInstance("RSASSA-PSS");
			decoded.init(parameters);
			PSSParameterSpec scheme = decoded.getParameterSpec(PSSParameterSpec.class);
			return isWeak(scheme.getDigestAlgorithm()) || (scheme.getMGFParameters() instanceof MGF1ParameterSpec mask
					&& isWeak(mask.getDigestAlgorithm()));
		}
		catch (GeneralSecurityException | IOException ex) {
			return true;
		}
	}

	private static boolean isWeak(String algorithm) {
		String name = algorithm.toUpperCase(Locale.ROOT).replace("-", "");
		return name.startsWith("SHA1") || name.startsWith("MD");
	}

	/**
	 * Refuses a certificate whose key is weak.
	 * @param certificate the certificate
	 * @param from where it came from, for the message
	 * @throws RefusedException if it is weak
	 */
	public static void checkKey(X509Certificate certificate, String from) {
		refuse(weakKey(certificate), certificate, from);
	}

	static void checkSignature(X509Certificate certificate, String from) {
		refuse(weakSignature(certificate), certificate, from);
	}

	private static void refuse(@Nullable String weakness, X509Certificate certificate, String from) {
		if (weakness != null) {
			throw new RefusedException(
					"%s: %s has %s (expected: RSA of 2048 bits or more, or EC, and SHA-256 or better)".formatted(from,
							certificate.getSubjectX500Principal(), weakness),
					"Request the certificate again with a stronger key and digest.");
		}
	}

}
