package io.github.securegrpc.certs;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;

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
 */
final class PublicKeys {

	private PublicKeys() {
	}

	static PublicKey of(PrivateKey key) {
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

	static boolean match(PrivateKey key, PublicKey publicKey) {
		return Arrays.equals(of(key).getEncoded(), publicKey.getEncoded());
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
