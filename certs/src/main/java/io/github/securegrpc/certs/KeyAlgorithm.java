package io.github.securegrpc.certs;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * The keys that an authority makes.
 *
 * @since 0.1.0
 */
public enum KeyAlgorithm {

	/**
	 * ECDSA on the curve P-256: small, fast and understood everywhere. The one to choose.
	 */
	EC_P256,

	/**
	 * RSA with 2048 bits, the least that is still accepted.
	 */
	RSA_2048,

	/**
	 * RSA with 3072 bits.
	 */
	RSA_3072,

	/**
	 * RSA with 4096 bits. Generating a key takes seconds.
	 */
	RSA_4096,

	/**
	 * Ed25519 (RFC 8410). Not every TLS stack accepts it: BoringSSL does not by default.
	 */
	ED25519;

	KeyPair generate() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance(jcaName());
			generator.initialize(specification());
			return generator.generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java platform cannot generate %s keys".formatted(this), ex);
		}
	}

	boolean describes(PublicKey key) {
		AlgorithmIdentifier found = SubjectPublicKeyInfo.getInstance(key.getEncoded()).getAlgorithm();
		return switch (this) {
			case EC_P256 -> SECObjectIdentifiers.secp256r1.equals(found.getParameters());
			case ED25519 -> EdECObjectIdentifiers.id_Ed25519.equals(found.getAlgorithm());
			default -> key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() == rsaBits();
		};
	}

	private String jcaName() {
		return switch (this) {
			case EC_P256 -> "EC";
			case ED25519 -> "Ed25519";
			default -> "RSA";
		};
	}

	private AlgorithmParameterSpec specification() {
		return switch (this) {
			case EC_P256 -> new ECGenParameterSpec("secp256r1");
			case ED25519 -> NamedParameterSpec.ED25519;
			default -> new RSAKeyGenParameterSpec(rsaBits(), RSAKeyGenParameterSpec.F4);
		};
	}

	private int rsaBits() {
		return switch (this) {
			case RSA_2048 -> 2048;
			case RSA_3072 -> 3072;
			case RSA_4096 -> 4096;
			default -> throw new IllegalStateException(this + " is not RSA");
		};
	}

}
