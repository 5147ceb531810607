package io.github.securegrpc.material.source;

import java.nio.charset.StandardCharsets;

/**
 * Names what a file holds that is not PEM, from its first bytes, and how it is converted.
 *
 * @param words what it holds
 * @param action what to do about it
 */
record FileFormat(String words, String action) {

	private static final String BUNDLE = ", or name the key store in spring.ssl.bundle.jks.* and set bundle instead.";

	private static final String AGAIN = "Fetch or write the file again.";

	private static final int DER_SEQUENCE = 0x30;

	static FileFormat of(byte[] content, Location location) {
		String file = location.file();
		if (content.length == 0) {
			return new FileFormat("nothing (0 bytes)", AGAIN);
		}
		if (startsWith(content, 0xFE, 0xED, 0xFE, 0xED) || startsWith(content, 0xCE, 0xCE, 0xCE, 0xCE)) {
			return new FileFormat("a Java key store (JKS)",
					("Convert it: keytool -importkeystore -srckeystore %1$s -destkeystore %1$s.p12 -deststoretype pkcs12, "
							+ "then openssl pkcs12 -nodes -in %1$s.p12 -out %1$s.pem")
						.formatted(file) + BUNDLE);
		}
		if (content[0] == DER_SEQUENCE) {
			DerKind kind = DerKind.of(content);
			if (kind != DerKind.BROKEN) {
				return ofDer(kind, file);
			}
		}
		String text = new String(content, StandardCharsets.UTF_8);
		return text.isBlank() ? new FileFormat("nothing but blanks (%d bytes)".formatted(content.length), AGAIN)
				: isText(content) ? ofText(text.strip(), file, location.property())
						: new FileFormat("binary content", AGAIN);
	}

	private static FileFormat ofDer(DerKind kind, String file) {
		String words = (kind == DerKind.PKCS12) ? kind.words() : "binary DER, %s".formatted(kind.words());
		String command = kind.command(file);
		return new FileFormat(words, command.isEmpty() ? "Use the PEM file that belongs here."
				: "Convert it: " + command + ((kind == DerKind.PKCS12) ? BUNDLE : ""));
	}

	private static FileFormat ofText(String text, String file, String property) {
		if (text.startsWith("LS0tLS1")) {
			return new FileFormat("PEM that is encoded once more in base64",
					"Decode it: base64 -d %1$s > %1$s.pem".formatted(file));
		}
		if (text.startsWith("MI") && text.matches("(?s)[A-Za-z0-9+/=\\s]+")) {
			return new FileFormat("base64 without its BEGIN and END lines",
					"Decode it, base64 -d %1$s > %1$s.der, and point %2$s at that: its format is then named."
						.formatted(file, property));
		}
		if (text.contains("BEGIN%20") || text.contains("BEGIN+")) {
			return new FileFormat("PEM in URL encoding", "Decode it, and write the PEM itself.");
		}
		if (text.startsWith("ssh-") || text.startsWith("ecdsa-sha2-")) {
			return new FileFormat("an OpenSSH public key", "Use the PEM file that belongs here.");
		}
		if (text.startsWith("PuTTY-User-Key-File")) {
			return new FileFormat("a PuTTY key",
					"Convert it: puttygen %1$s -O private-openssh -o %1$s.pem, then ssh-keygen -p -m PKCS8 -f %1$s.pem"
						.formatted(file));
		}
		if (text.startsWith("{") || text.startsWith("[")) {
			return new FileFormat("JSON", "Write what its PEM field holds to a file of its own.");
		}
		if (text.startsWith("<")) {
			return new FileFormat("XML or HTML", AGAIN);
		}
		return PemFile.STRAY.matcher(text).find()
				? new FileFormat("a BEGIN or END line that is not whole",
						"Write five hyphens (ASCII) before and after BEGIN … and END …, and the same words in both.")
				: new FileFormat("text without a PEM block", "Point %s at the PEM file.".formatted(property));
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
