package io.github.securegrpc.material.check;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateParsingException;
import java.util.ArrayList;
import java.util.List;

/**
 * A tag and what it holds (X.690). The tag is one byte, as in every extension of a
 * certificate or revocation list that is read here.
 *
 * @param tag the tag, with its class
 * @param content the content; whoever reads relative to its position takes a duplicate
 * @since 0.1.0
 */
public record DerValue(int tag, ByteBuffer content) {

	private static final int LONG_FORM = 0x80;

	private static final int MAX_LENGTH_BYTES = 3;

	/**
	 * Returns the values that stand one after the other.
	 * @param encoded the encoded values
	 * @return each of them
	 * @throws CertificateParsingException if one is not whole
	 */
	public static List<DerValue> listOf(ByteBuffer encoded) throws CertificateParsingException {
		List<DerValue> values = new ArrayList<>();
		ByteBuffer buffer = encoded.slice();
		try {
			while (buffer.hasRemaining()) {
				int tag = Byte.toUnsignedInt(buffer.get());
				int length = length(buffer);
				if (length > buffer.remaining()) {
					throw new CertificateParsingException(
							"a value of %d bytes where %d are left".formatted(length, buffer.remaining()));
				}
				values.add(new DerValue(tag, buffer.slice(buffer.position(), length)));
				buffer.position(buffer.position() + length);
			}
		}
		catch (BufferUnderflowException ex) {
			throw new CertificateParsingException("a value that ends in its length", ex);
		}
		return values;
	}

	/**
	 * Returns the first of the values that stand one after the other.
	 * @param encoded the encoded values
	 * @return the first of them
	 * @throws CertificateParsingException if one is not whole, or there is none
	 */
	public static DerValue first(ByteBuffer encoded) throws CertificateParsingException {
		List<DerValue> values = listOf(encoded);
		if (values.isEmpty()) {
			throw new CertificateParsingException("no value (expected: one)");
		}
		return values.get(0);
	}

	private static int length(ByteBuffer buffer) throws CertificateParsingException {
		int first = Byte.toUnsignedInt(buffer.get());
		if (first < LONG_FORM) {
			return first;
		}
		int bytes = first - LONG_FORM;
		if (bytes == 0 || bytes > MAX_LENGTH_BYTES) {
			throw new CertificateParsingException("a length of %d bytes (expected: 1 to 3)".formatted(bytes));
		}
		int length = 0;
		for (int i = 0; i < bytes; i++) {
			length = (length << Byte.SIZE) + Byte.toUnsignedInt(buffer.get());
		}
		return length;
	}

	/**
	 * Returns the content as an object identifier (X.690, 8.19).
	 * @return the identifier in dots, no longer than is printed
	 */
	public String oid() {
		StringBuilder text = new StringBuilder();
		ByteBuffer bytes = this.content.duplicate();
		long arc = 0;
		while (bytes.hasRemaining() && text.length() < 80) {
			byte next = bytes.get();
			arc = (arc << 7) + (next & 0x7F);
			if (next >= 0) {
				text.append(text.isEmpty() ? first(arc) : "." + arc);
				arc = 0;
			}
		}
		return text.toString();
	}

	private static String first(long arc) {
		long root = Math.min(arc / 40, 2);
		return root + "." + (arc - 40 * root);
	}

	/**
	 * Returns the content.
	 * @return a copy
	 */
	public byte[] bytes() {
		byte[] bytes = new byte[this.content.remaining()];
		this.content.duplicate().get(bytes);
		return bytes;
	}

}
