package io.github.securegrpc.material.source;

import java.nio.ByteBuffer;
import java.security.cert.CertificateParsingException;
import java.util.List;

import io.github.securegrpc.material.check.DerValue;

/**
 * What a DER encoding holds, told by its outermost values alone, and how it becomes what
 * is read here.
 */
enum DerKind {

	CERTIFICATE("an X.509 certificate", "openssl x509 -inform der -in %1$s -out %1$s.pem"),

	REVOCATION_LIST("a revocation list", "openssl crl -inform der -in %1$s -out %1$s.pem"),

	REQUEST("a certificate request", ""),

	PUBLIC_KEY("a public key", ""),

	PRIVATE_KEY("a private key", "openssl pkey -inform der -in %1$s -out %1$s.pem"),

	ENCRYPTED_KEY("an encrypted private key",
			"openssl pkcs8 -topk8 -v2 aes-256-cbc -inform der -in %1$s -out %1$s.pem"),

	PKCS7("PKCS#7", "openssl pkcs7 -inform der -print_certs -in %1$s -out %1$s.pem"),

	PKCS12("a PKCS#12 key store", "openssl pkcs12 -nodes -in %1$s -out %1$s.pem"),

	UNKNOWN("what cannot be told", ""),

	BROKEN("what is cut off or damaged", "");

	private static final int INTEGER = 0x02;

	private static final int BIT_STRING = 0x03;

	private static final int OCTET_STRING = 0x04;

	private static final int OID = 0x06;

	private static final int SEQUENCE = 0x30;

	private static final int VERSION = 0xA0;

	private final String words;

	private final String command;

	DerKind(String words, String command) {
		this.words = words;
		this.command = command;
	}

	String words() {
		return this.words;
	}

	/* Empty if there is none: then something else is needed than another form. */
	String command(String file) {
		return this.command.formatted(file);
	}

	static DerKind of(byte[] encoded) {
		try {
			List<DerValue> outer = DerValue.listOf(ByteBuffer.wrap(encoded));
			return (outer.size() == 1 && outer.get(0).tag() == SEQUENCE) ? of(DerValue.listOf(outer.get(0).content()))
					: BROKEN;
		}
		catch (CertificateParsingException ex) {
			return BROKEN;
		}
	}

	private static DerKind of(List<DerValue> values) throws CertificateParsingException {
		int first = tag(values, 0);
		int second = tag(values, 1);
		if (first == OID && second == VERSION) {
			return PKCS7;
		}
		if (first == SEQUENCE && second == SEQUENCE && tag(values, 2) == BIT_STRING) {
			return ofSigned(DerValue.listOf(values.get(0).content()));
		}
		if (first == SEQUENCE) {
			return (second == OCTET_STRING) ? ENCRYPTED_KEY : (second == BIT_STRING) ? PUBLIC_KEY : UNKNOWN;
		}
		if (first != INTEGER) {
			return UNKNOWN;
		}
		if (second == SEQUENCE && tag(values, 2) != OCTET_STRING) {
			return PKCS12;
		}
		return (values.size() == 2) ? PUBLIC_KEY : PRIVATE_KEY;
	}

	private static DerKind ofSigned(List<DerValue> content) {
		if (tag(content, 0) == VERSION || (tag(content, 0) == INTEGER && tag(content, 3) == SEQUENCE)) {
			return CERTIFICATE;
		}
		return (tag(content, 0) == INTEGER && tag(content, 3) == VERSION) ? REQUEST : REVOCATION_LIST;
	}

	private static int tag(List<DerValue> values, int index) {
		return (index < values.size()) ? values.get(index).tag() : -1;
	}

}
