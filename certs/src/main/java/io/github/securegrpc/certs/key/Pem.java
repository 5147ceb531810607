package io.github.securegrpc.certs.key;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/**
 * Keys and certificates as text. What cannot be read is described without its content,
 * and without a cause that might quote it.
 *
 * @since 0.1.0
 */
public final class Pem {

	private Pem() {
	}

	/**
	 * Writes a private key as PKCS#8.
	 * @param key the key
	 * @param passphrase what to encrypt it with, or {@code null}
	 * @return the PEM text
	 */
	public static byte[] encode(PrivateKey key, @Nullable Passphrase passphrase) {
		return (passphrase != null)
				? encode(new PemObject("ENCRYPTED PRIVATE KEY", EncryptedKey.encrypt(key.getEncoded(), passphrase)))
				: encode(key);
	}

	static byte[] encode(PrivateKey key) {
		return encode(new PemObject("PRIVATE KEY", key.getEncoded()));
	}

	/**
	 * Writes a certificate.
	 * @param certificate the certificate
	 * @return the PEM text
	 */
	public static byte[] encode(X509Certificate certificate) {
		try {
			return encode(new PemObject("CERTIFICATE", certificate.getEncoded()));
		}
		catch (CertificateException ex) {
			throw new IllegalStateException("Cannot encode a certificate", ex);
		}
	}

	/**
	 * Writes a list of revoked certificates.
	 * @param list the list
	 * @return the PEM text
	 */
	public static byte[] encode(X509CRL list) {
		try {
			return encode(new PemObject("X509 CRL", list.getEncoded()));
		}
		catch (CRLException ex) {
			throw new IllegalStateException("Cannot encode a list of revoked certificates", ex);
		}
	}

	static PemKey privateKey(String text) throws PemFormatException {
		Object found = parse(text);
		if (found == null || !PemKey.isKey(found)) {
			throw new PemFormatException("no private key");
		}
		return new PemKey(found);
	}

	static X509Certificate certificate(String text) throws PemFormatException {
		if (parse(text) instanceof X509CertificateHolder certificate) {
			return decode(certificate);
		}
		throw new PemFormatException("no certificate");
	}

	static PKCS10CertificationRequest request(String text) throws PemFormatException {
		if (parse(text) instanceof PKCS10CertificationRequest request) {
			return request;
		}
		throw new PemFormatException("no request for a certificate");
	}

	static X509Certificate decode(X509CertificateHolder certificate) throws PemFormatException {
		try {
			return new JcaX509CertificateConverter().getCertificate(certificate);
		}
		catch (CertificateException | RuntimeException | StackOverflowError ex) {
			throw new PemFormatException("a certificate that does not decode");
		}
	}

	static X509CRL decode(X509CRLHolder list) throws PemFormatException {
		try {
			return new JcaX509CRLConverter().getCRL(list);
		}
		catch (CRLException | RuntimeException | StackOverflowError ex) {
			throw new PemFormatException("a list of revoked certificates that does not decode");
		}
	}

	private static @Nullable Object parse(String text) throws PemFormatException {
		try (PEMParser parser = new PEMParser(new StringReader(text))) {
			Object found = parser.readObject();
			// openssl ecparam -genkey writes the curve before the key
			return (found instanceof ASN1ObjectIdentifier) ? parser.readObject() : found;
		}
		catch (IOException | RuntimeException | StackOverflowError ex) {
			throw new PemFormatException("PEM that does not decode");
		}
	}

	/**
	 * Writes anything that has a label.
	 * @param object the label and the content
	 * @return the PEM text
	 */
	public static byte[] encode(PemObject object) {
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
