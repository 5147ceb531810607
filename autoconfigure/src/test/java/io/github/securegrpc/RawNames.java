package io.github.securegrpc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import io.netty.pkitesting.CertificateBuilder;

/**
 * Subject alternative names as an attacker's CA would write them, checked by nobody.
 */
public final class RawNames {

	private static final int SEQUENCE = 0x30;

	private static final int PERMITTED = 0xA0;

	private static final int EXCLUDED = 0xA1;

	private static final int EMAIL = 0x81;

	private static final int DNS = 0x82;

	private static final int URI = 0x86;

	private final ByteArrayOutputStream names = new ByteArrayOutputStream();

	private final ByteArrayOutputStream subtrees = new ByteArrayOutputStream();

	public RawNames dns(String name) {
		return add(DNS, name);
	}

	public RawNames uri(String name) {
		return add(URI, name);
	}

	public RawNames email(String name) {
		return add(EMAIL, name);
	}

	public CertificateBuilder of(CertificateBuilder builder) {
		return of(builder, false);
	}

	/* Whoever cannot read them must refuse the certificate. */
	public CertificateBuilder critical(CertificateBuilder builder) {
		return of(builder, true);
	}

	private CertificateBuilder of(CertificateBuilder builder, boolean critical) {
		return builder.addExtensionOctetString("2.5.29.17", critical, tagged(SEQUENCE, this.names.toByteArray()));
	}

	/* Makes of a CA's names the only ones it may give (RFC 5280, 4.2.1.10). */
	public CertificateBuilder permitted(CertificateBuilder builder) {
		return constraints(PERMITTED, builder);
	}

	/* Makes of a CA's names ones that it may not give. */
	public CertificateBuilder excluded(CertificateBuilder builder) {
		return constraints(EXCLUDED, builder);
	}

	private CertificateBuilder constraints(int kind, CertificateBuilder builder) {
		return builder.addExtensionOctetString("2.5.29.30", true,
				tagged(SEQUENCE, tagged(kind, this.subtrees.toByteArray())));
	}

	private RawNames add(int tag, String name) {
		byte[] encoded = tagged(tag, name.getBytes(StandardCharsets.ISO_8859_1));
		this.names.writeBytes(encoded);
		this.subtrees.writeBytes(tagged(SEQUENCE, encoded));
		return this;
	}

	private static byte[] tagged(int tag, byte[] content) {
		if (content.length > 127) {
			throw new IllegalArgumentException("content: %d bytes (expected: 127 at most)".formatted(content.length));
		}
		ByteArrayOutputStream tagged = new ByteArrayOutputStream();
		tagged.write(tag);
		tagged.write(content.length);
		tagged.writeBytes(content);
		return tagged.toByteArray();
	}

}
