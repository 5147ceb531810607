package io.github.securegrpc.certs.key;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

import io.github.securegrpc.certs.key.Pem.PemFormatException;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.source.KeyFormatCheck;

/**
 * Finds out what a file holds.
 */
final class CertificateFileParser {

	private static final int MOST_OBJECTS = 10_000;

	private final Path path;

	private final PassphraseSource passphrases;

	private final List<StoredKey> keys = new ArrayList<>();

	private final List<X509Certificate> certificates = new ArrayList<>();

	private final List<X509CRL> revocations = new ArrayList<>();

	private final List<String> others = new ArrayList<>();

	private final List<RefusedException> objections = new ArrayList<>();

	CertificateFileParser(Path path, PassphraseSource passphrases) {
		this.path = path;
		this.passphrases = passphrases;
	}

	CertificateFile parse(byte[] content) throws PemFormatException {
		if (content.length == 0) {
			throw new PemFormatException("nothing (0 bytes)");
		}
		String text = new String(content, StandardCharsets.ISO_8859_1);
		if (text.contains("-----BEGIN ")) {
			return parsePem(text);
		}
		if (Der.isPkcs12(content)) {
			return parsePkcs12(content);
		}
		Object found = Der.parse(content);
		if (found != null) {
			add(found);
			return result("DER");
		}
		throw new PemFormatException("neither PEM, nor DER, nor PKCS#12");
	}

	private CertificateFile parsePem(String text) throws PemFormatException {
		try (PEMParser parser = new PEMParser(new StringReader(text))) {
			Object found = parser.readObject();
			for (int count = 1; found != null; count++) {
				if (count > MOST_OBJECTS) {
					throw new PemFormatException("more than %d PEM blocks".formatted(MOST_OBJECTS));
				}
				add(found);
				found = parser.readObject();
			}
		}
		catch (IOException | RuntimeException | StackOverflowError ex) {
			throw new PemFormatException("PEM whose block %d does not decode".formatted(size() + 1));
		}
		judgeKeys(text);
		return result("PEM");
	}

	// many a trust store has none, and nobody is asked in vain
	private CertificateFile parsePkcs12(byte[] content) throws PemFormatException {
		if (!opens(content, new char[0])) {
			Passphrase passphrase = this.passphrases.find(this.path);
			if (passphrase == null) {
				throw new PemFormatException("a PKCS#12 key store without its passphrase");
			}
			if (!opens(content, passphrase.characters())) {
				throw new PemFormatException(passphrase.isAscii()
						? "a PKCS#12 key store that the passphrase does not open, or that is damaged"
						: "a PKCS#12 key store that the passphrase does not open: Java opens none with characters beyond ASCII");
			}
		}
		return result("PKCS#12");
	}

	private boolean opens(byte[] content, char[] password) {
		List<X509Certificate> found = new ArrayList<>();
		List<StoredKey> foundKeys = new ArrayList<>();
		try {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(new ByteArrayInputStream(content), password);
			for (String alias : Collections.list(store.aliases())) {
				Certificate[] chain = store.getCertificateChain(alias);
				for (Certificate certificate : (chain != null) ? chain
						: new Certificate[] { store.getCertificate(alias) }) {
					found.add((X509Certificate) certificate);
				}
				Key key = store.getKey(alias, password);
				if (key instanceof PrivateKey) {
					foundKeys.add(new StoredKey(this.path, new PemKey(PrivateKeyInfo.getInstance(key.getEncoded()))));
				}
			}
		}
		catch (GeneralSecurityException | IOException | RuntimeException | StackOverflowError ex) {
			return false;
		}
		this.keys.addAll(foundKeys);
		this.certificates.addAll(found);
		return true;
	}

	private void add(Object found) throws PemFormatException {
		if (PemKey.isKey(found)) {
			this.keys.add(new StoredKey(this.path, new PemKey(found)));
		}
		else if (found instanceof X509CertificateHolder certificate) {
			this.certificates.add(Pem.decode(certificate));
		}
		else if (found instanceof X509CRLHolder list) {
			this.revocations.add(Pem.decode(list));
		}
		else if (found instanceof PKCS10CertificationRequest) {
			this.others.add("a certificate request");
		}
		else if (found instanceof SubjectPublicKeyInfo) {
			this.others.add("a public key");
		}
		// before a key, openssl ecparam -genkey writes its curve
		else if (!(found instanceof ASN1ObjectIdentifier)) {
			this.others.add("something else");
		}
	}

	private void judgeKeys(String text) {
		if (!this.keys.isEmpty()) {
			this.objections.addAll(KeyFormatCheck.objections(text, this.path.toString()));
		}
	}

	private int size() {
		return this.keys.size() + this.certificates.size() + this.revocations.size() + this.others.size();
	}

	private CertificateFile result(String format) throws PemFormatException {
		if (size() == 0) {
			throw new PemFormatException("%s without a key or certificate".formatted(format));
		}
		return new CertificateFile(this.path, format, this.keys, this.certificates, this.revocations, this.others,
				this.objections);
	}

}
