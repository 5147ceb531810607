package io.github.securegrpc.material;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * DER that no tool would write.
 */
final class Der {

	private Der() {
	}

	static byte[] value(int tag, byte[]... contents) {
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

	static byte[] sequence(byte[]... contents) {
		return value(0x30, contents);
	}

	static byte[] integer(BigInteger number) {
		return value(0x02, number.toByteArray());
	}

	static byte[] integer(long number) {
		return integer(BigInteger.valueOf(number));
	}

	static byte[] octets(int count) {
		return value(0x04, new byte[count]);
	}

	static byte[] bits(byte[] content) {
		return value(0x03, new byte[1], content);
	}

	static byte[] oid(String hex) {
		return value(0x06, HexFormat.of().parseHex(hex));
	}

	static byte[] time(String utc) {
		return value(0x17, utc.getBytes(StandardCharsets.US_ASCII));
	}

	/* CN=name */
	static byte[] name(String name) {
		return sequence(value(0x31, sequence(oid("550403"), value(0x0C, name.getBytes(StandardCharsets.UTF_8)))));
	}

}
