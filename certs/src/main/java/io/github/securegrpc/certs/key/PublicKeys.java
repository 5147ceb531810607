package io.github.securegrpc.certs.key;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;

import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * The public half of a private key, computed: a file of a private key need not hold it.
 *
 * @since 0.1.0
 */
public final class PublicKeys {

	private static final byte[] MESSAGE = { 'k', 'e', 'y' };

	private PublicKeys() {
	}

	/**
	 * Computes the public half.
	 * @param key the private key
	 * @return its public half
	 * @throws IllegalArgumentException if it is neither EC, RSA nor Ed25519
	 */
	public static PublicKey of(PrivateKey key) {
		try {
			AsymmetricKeyParameter publicKey = publicHalf(PrivateKeyFactory.createKey(key.getEncoded()));
			return new JcaPEMKeyConverter()
				.getPublicKey(SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey));
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(
					"key algorithm: %s (expected: EC, RSA or Ed25519)".formatted(key.getAlgorithm()));
		}
	}

	/**
	 * Tells whether two halves belong together: by a signature, which takes the curves of
	 * the JVM and not those of Bouncy Castle.
	 * @param key the private key
	 * @param publicKey the public key
	 * @return {@code true} if they do
	 */
	public static boolean match(PrivateKey key, PublicKey publicKey) {
		try {
			byte[] signed = KeySigner.sign(key, MESSAGE);
			Signature verification = Signature.getInstance(KeySigner.signatureOf(key));
			verification.initVerify(publicKey);
			verification.update(MESSAGE);
			return verification.verify(signed);
		}
		catch (GeneralSecurityException | ProviderException ex) {
			return false;
		}
	}

	// what decodes as a key need not be one
	static void requireExisting(PrivateKey key) {
		boolean exists = true;
		if (key instanceof ECPrivateKey ec) {
			exists = ec.getS().signum() > 0 && ec.getS().compareTo(ec.getParams().getOrder()) < 0;
		}
		else if (key instanceof RSAPrivateKey) {
			exists = key instanceof RSAPrivateCrtKey;
		}
		if (!exists) {
			throw new IllegalArgumentException(
					"key: without a public half (expected: one of its curve, or RSA with it)");
		}
	}

	private static AsymmetricKeyParameter publicHalf(AsymmetricKeyParameter key) throws IOException {
		if (key instanceof ECPrivateKeyParameters ec) {
			return new ECPublicKeyParameters(
					new FixedPointCombMultiplier().multiply(ec.getParameters().getG(), ec.getD()), ec.getParameters());
		}
		if (key instanceof RSAPrivateCrtKeyParameters rsa) {
			return new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
		}
		if (key instanceof Ed25519PrivateKeyParameters ed25519) {
			return ed25519.generatePublicKey();
		}
		throw new IOException("No public half");
	}

}
