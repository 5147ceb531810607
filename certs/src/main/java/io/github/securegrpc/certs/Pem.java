package io.github.securegrpc.certs;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/**
 * Keys and certificates as text. What cannot be read is described without its content,
 * and without a cause that might quote it.
 */
final class Pem {

	private Pem() {
	}

	static byte[] encode(PrivateKey key) {
		return encode(new PemObject("PRIVATE KEY", key.getEncoded()));
	}

	static byte[] encode(X509Certificate certificate) {
		try {
			return encode(new PemObject("CERTIFICATE", certificate.getEncoded()));
		}
		catch (CertificateException ex) {
			throw new IllegalStateException("Cannot encode a certificate", ex);
		}
	}

	// PKCS#8, and PKCS#1 or SEC1 as other tools write them
	static PrivateKey privateKey(String text) throws PemFormatException {
		Object found = parse(text);
		try {
			if (found instanceof PrivateKeyInfo key) {
				return supported(new JcaPEMKeyConverter().getPrivateKey(key));
			}
			if (found instanceof PEMKeyPair pair) {
				return supported(new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo()));
			}
		}
		catch (IOException | RuntimeException ex) {
			throw new PemFormatException("a private key that does not decode as EC, RSA or Ed25519");
		}
		if (found instanceof PKCS8EncryptedPrivateKeyInfo || found instanceof PEMEncryptedKeyPair) {
			throw new PemFormatException("an encrypted private key");
		}
		throw new PemFormatException("no private key");
	}

	private static PrivateKey supported(PrivateKey key) {
		KeyAlgorithm.signatureOf(key);
		PublicKeys.of(key);
		return key;
	}

	static X509Certificate certificate(String text) throws PemFormatException {
		if (parse(text) instanceof X509CertificateHolder certificate) {
			try {
				return new JcaX509CertificateConverter().getCertificate(certificate);
			}
			catch (CertificateException ex) {
				throw new PemFormatException("a certificate that does not decode");
			}
		}
		throw new PemFormatException("no certificate");
	}

	private static @Nullable Object parse(String text) throws PemFormatException {
		try (PEMParser parser = new PEMParser(new StringReader(text))) {
			Object found = parser.readObject();
			// openssl ecparam -genkey writes the curve before the key
			return (found instanceof ASN1ObjectIdentifier) ? parser.readObject() : found;
		}
		catch (IOException | RuntimeException ex) {
			throw new PemFormatException("PEM that does not decode");
		}
	}

	private static byte[] encode(PemObject object) {
		StringWriter text = new StringWriter();
		try (PemWriter writer = new PemWriter(text)) {
			writer.writeObject(object);
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot write to memory", ex);
		}
		return text.toString().getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * What was found instead, in words.
	 */
	static final class PemFormatException extends Exception {

		private static final long serialVersionUID = 1L;

		PemFormatException(String found) {
			super(found);
		}

	}

}
