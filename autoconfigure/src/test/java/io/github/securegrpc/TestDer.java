package io.github.securegrpc;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * DER that no tool would write.
 */
public final class TestDer {

	private TestDer() {
	}

	public static byte[] value(int tag, byte[]... contents) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		for (byte[] part : contents) {
			content.writeBytes(part);
		}
		ByteArrayOutputStream value = new ByteArrayOutputStream();
		value.write(tag);
		if (content.size() < 0x80) {
			value.write(content.size());
		}
		else {
			value.writeBytes(new byte[] { (byte) 0x83, (byte) (content.size() >> 16), (byte) (content.size() >> 8),
					(byte) content.size() });
		}
		value.writeBytes(content.toByteArray());
		return value.toByteArray();
	}

	public static byte[] sequence(byte[]... contents) {
		return value(0x30, contents);
	}

	public static byte[] integer(BigInteger number) {
		return value(0x02, number.toByteArray());
	}

	public static byte[] integer(long number) {
		return integer(BigInteger.valueOf(number));
	}

	public static byte[] octets(int count) {
		return value(0x04, new byte[count]);
	}

	public static byte[] bits(byte[] content) {
		return value(0x03, new byte[1], content);
	}

	public static byte[] oid(String hex) {
		return value(0x06, HexFormat.of().parseHex(hex));
	}

	public static byte[] time(String utc) {
		return value(0x17, utc.getBytes(StandardCharsets.US_ASCII));
	}

	/* CN=name */
	public static byte[] name(String name) {
		return sequence(value(0x31, sequence(oid("550403"), value(0x0C, name.getBytes(StandardCharsets.UTF_8)))));
	}

}
