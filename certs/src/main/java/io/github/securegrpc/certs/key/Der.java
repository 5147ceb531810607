package io.github.securegrpc.certs.key;

import java.io.IOException;
import java.util.List;

import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes what PEM would have said in its boundaries, from the content alone.
 */
final class Der {

	private static final List<Form> FORMS = List.of(X509CertificateHolder::new, X509CRLHolder::new, Der::pkcs8,
			PKCS8EncryptedPrivateKeyInfo::new, Der::pkcs1, Der::sec1);

	private Der() {
	}

	static @Nullable Object parse(byte[] content) {
		for (Form form : FORMS) {
			try {
				return form.parse(content);
			}
			catch (IOException | RuntimeException | StackOverflowError ex) {
				// another form
			}
		}
		return null;
	}

	// PFX ::= SEQUENCE { version INTEGER 3, ... } (RFC 7292)
	static boolean isPkcs12(byte[] content) {
		try {
			return ASN1Primitive.fromByteArray(content) instanceof ASN1Sequence store
					&& store.getObjectAt(0) instanceof ASN1Integer version && version.hasValue(3);
		}
		catch (IOException | RuntimeException | StackOverflowError ex) {
			return false;
		}
	}

	private static Object pkcs8(byte[] content) {
		return PrivateKeyInfo.getInstance(content);
	}

	private static Object pkcs1(byte[] content) throws IOException {
		AlgorithmIdentifier algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
		return new PEMKeyPair(null, new PrivateKeyInfo(algorithm, RSAPrivateKey.getInstance(content)));
	}

	private static Object sec1(byte[] content) throws IOException {
		ECPrivateKey key = ECPrivateKey.getInstance(content);
		AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey,
				key.getParametersObject());
		return new PEMKeyPair(null, new PrivateKeyInfo(algorithm, key));
	}

	@FunctionalInterface
	private interface Form {

		Object parse(byte[] content) throws IOException;

	}

}
