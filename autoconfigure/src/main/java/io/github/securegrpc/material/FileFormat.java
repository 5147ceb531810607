package io.github.securegrpc.material;

/**
 * Names what a file holds that is not PEM, from its first bytes.
 */
final class FileFormat {

	private static final int DER_SEQUENCE = 0x30;

	private FileFormat() {
	}

	static String describe(byte[] content) {
		if (content.length == 0) {
			return "nothing (0 bytes)";
		}
		if (startsWith(content, 0xFE, 0xED, 0xFE, 0xED) || startsWith(content, 0xCE, 0xCE, 0xCE, 0xCE)) {
			return "a Java key store (JKS)";
		}
		if (startsWith(content, 0xFF, 0xFE) || startsWith(content, 0xFE, 0xFF)) {
			return "text in UTF-16";
		}
		if (content[0] == DER_SEQUENCE) {
			return isPkcs12(content) ? "a PKCS#12 key store" : "binary DER";
		}
		return isText(content) ? "text without a PEM block" : "binary content";
	}

	// PFX ::= SEQUENCE { version INTEGER 3, ... } (RFC 7292)
	private static boolean isPkcs12(byte[] content) {
		int lengthBytes = (content.length > 1 && (content[1] & 0x80) != 0) ? content[1] & 0x7F : 0;
		int at = 2 + lengthBytes;
		return content.length > at + 2 && content[at] == 2 && content[at + 1] == 1 && content[at + 2] == 3;
	}

	private static boolean startsWith(byte[] content, int... prefix) {
		if (content.length < prefix.length) {
			return false;
		}
		for (int i = 0; i < prefix.length; i++) {
			if ((content[i] & 0xFF) != prefix[i]) {
				return false;
			}
		}
		return true;
	}

	private static boolean isText(byte[] content) {
		for (byte b : content) {
			if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
				return false;
			}
		}
		return true;
	}

}
