package io.github.securegrpc.material.source;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.check.KeyMatch;
import io.github.securegrpc.material.check.KeySize;
import io.github.securegrpc.material.check.KeyType;
import io.github.securegrpc.text.PrintableLog;

/**
 * The private keys of a PEM file: PKCS#8, encrypted PKCS#8, PKCS#1 and SEC1, also after
 * {@code EC PARAMETERS} or beside other blocks. No message repeats what a key holds.
 */
final class PemPrivateKeys {

	private static final PrintableLog logger = PrintableLog.of(PemPrivateKeys.class);

	/* Each may have to be decrypted, and tried against the leaf. */
	private static final int MOST_KEYS = 8;

	private final PemFile file;

	private final @Nullable String password;

	private final String passwordProperty;

	PemPrivateKeys(PemFile file, @Nullable String password, String passwordProperty) {
		this.file = file;
		this.password = password;
		this.passwordProperty = passwordProperty;
	}

	/*
	 * One of several that cannot be read is of no matter where another belongs to the
	 * leaf.
	 */
	List<PrivateKey> parse(X509Certificate leaf) {
		List<PemBlock> blocks = this.file.blocks(PemBlock::isPrivateKey);
		if (blocks.isEmpty()) {
			throw refused(
					"holds no private key, only %s (expected: -----BEGIN PRIVATE KEY-----)"
						.formatted(this.file.labels()),
					"Point %s at the PEM file with the private key.".formatted(this.file.location().property()));
		}
		if (blocks.size() > MOST_KEYS) {
			throw refused("holds %d private keys (expected: the one of the leaf, %d at most)".formatted(blocks.size(),
					MOST_KEYS), "Leave the key of the leaf in the file, and nothing else.");
		}
		List<PrivateKey> keys = new ArrayList<>();
		RefusedException refusal = null;
		for (PemBlock block : blocks) {
			try {
				keys.add(parse(block));
			}
			catch (RefusedException ex) {
				refusal = (refusal != null) ? refusal : ex;
			}
		}
		if (refusal != null && keys.stream().allMatch((key) -> KeyMatch.differs(key, leaf))) {
			throw refusal;
		}
		return keys;
	}

	private PrivateKey parse(PemBlock block) {
		KeyFormatCheck.check(block, this.file.location(), this.passwordProperty);
		if (block.isEncryptedPkcs8() && (this.password == null || this.password.isEmpty())) {
			throw refused("is encrypted and no password is given",
					"Set %s, or use a key without a passphrase.".formatted(this.passwordProperty));
		}
		PrivateKey key = decode(block);
		String objection = KeySize.objection(key);
		if (objection != null) {
			throw refused(objection, "Check the file with `openssl pkey -in %s -noout -check`.".formatted(file()));
		}
		return key;
	}

	private PrivateKey decode(PemBlock block) {
		try {
			PrivateKey key = PemContent.of(opened(block).normalized()).getPrivateKey(this.password);
			if (key != null) {
				return key;
			}
		}
		catch (RuntimeException ex) {
			// its message may quote what it could not read
		}
		if (block.isEncryptedPkcs8()) {
			throw refused(
					"cannot be decrypted: the password is wrong, or the cipher is unknown to this JVM" + beyondAscii(),
					("Check %1$s with `openssl pkey -in %2$s -noout`; if openssl opens it, convert it: "
							+ "openssl pkcs8 -topk8 -v2 aes-256-cbc -in %2$s -out %2$s.new")
						.formatted(this.passwordProperty, file()));
		}
		throw undecodable(block);
	}

	/*
	 * The JVM opens keys with passwords of ASCII alone, and those that are encoded
	 * without fault.
	 */
	private PemBlock opened(PemBlock block) {
		Pbes2 encrypted = block.isEncryptedPkcs8() ? Pbes2.of(block.der()) : null;
		if (encrypted == null || this.password == null || (isAscii(this.password) && !encrypted.hasBrokenNull())) {
			return block;
		}
		byte[] key = encrypted.open(this.password);
		if (key == null) {
			return block;
		}
		if (encrypted.hasBrokenNull()) {
			logger
				.warn(("%s says 00 00 for NULL in the parameters of its PBKDF2, as certstrap does, and is read all the "
						+ "same; openssl does not open it. Encrypt it again with another tool, such as secure-grpc-certs convert")
					.formatted(this.file.location()));
		}
		return PemBlock.of("PRIVATE KEY", key);
	}

	private String beyondAscii() {
		return (this.password == null || isAscii(this.password)) ? ""
				: " with a password beyond ASCII, which is taken as UTF-8 and opens PBES2 with PBKDF2 and AES-CBC only"
						+ " (application.properties is read as ISO-8859-1: write \\u00e4 for \u00e4 there)";
	}

	private static boolean isAscii(String password) {
		return password.chars().allMatch((character) -> character < 0x80);
	}

	private RefusedException undecodable(PemBlock block) {
		DerKind kind = DerKind.of(block.der());
		if (kind != DerKind.PRIVATE_KEY) {
			return refused(
					"holds a %s block with %s in it (expected: a private key)".formatted(block.label(), kind.words()),
					"Write the file again from its source.");
		}
		KeyType type = KeyType.of(block.der());
		if (type.signers().isEmpty()) {
			return refused(
					"holds a key of type %s, which this JVM does not decode (expected: %s; with jdk also %s)"
						.formatted(type.name(), KeyType.EVERYWHERE, KeyType.JDK_ALONE),
					"Make a new key, such as EC P-256, and request the certificate again with it. A named curve with "
							+ "explicit parameters is converted by openssl ec -in %1$s -param_enc named_curve -out %1$s.new."
								.formatted(file()));
		}
		return refused(
				"holds a %s of type %s that is damaged (expected: a key that can be decoded)".formatted(block.label(),
						type.name()),
				"Write the file again from its source; `openssl pkey -in %s -noout -check` checks it."
					.formatted(file()));
	}

	private String file() {
		return this.file.location().file();
	}

	private RefusedException refused(String what, String action) {
		return new RefusedException("%s %s".formatted(this.file.location(), what), this.file.location().about(action));
	}

}
