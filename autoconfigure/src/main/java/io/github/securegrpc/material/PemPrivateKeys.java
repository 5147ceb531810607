package io.github.securegrpc.material;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * The private keys of a PEM file: PKCS#8, encrypted PKCS#8, PKCS#1 and SEC1, also after
 * {@code EC PARAMETERS} or beside other blocks. No message repeats what a key holds.
 */
final class PemPrivateKeys {

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
		KeyFormatCheck.check(block, this.file.location().toString(), this.passwordProperty);
		if (block.isEncryptedPkcs8() && (this.password == null || this.password.isEmpty())) {
			throw refused("is encrypted and no password is given",
					"Set %s, or use a key without a passphrase.".formatted(this.passwordProperty));
		}
		PrivateKey key = decode(block);
		String objection = KeySize.objection(key);
		if (objection != null) {
			throw refused(objection, "Check the file with `openssl pkey -in FILE -noout -check`.");
		}
		return key;
	}

	private PrivateKey decode(PemBlock block) {
		try {
			PrivateKey key = PemContent.of(block.normalized()).getPrivateKey(this.password);
			if (key != null) {
				return key;
			}
		}
		catch (RuntimeException ex) {
			// its message may quote what it could not read
		}
		if (block.isEncryptedPkcs8()) {
			throw refused("cannot be decrypted: the password is wrong, or the cipher is unknown to this JVM",
					("Check %s with `openssl pkey -in FILE -noout`; if openssl opens it, convert it: "
							+ "openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD.key -out NEW.key")
						.formatted(this.passwordProperty));
		}
		throw refused(
				"holds a %s that cannot be decoded (expected: an RSA, EC or Ed25519 key)".formatted(block.label()),
				"Check the file with `openssl pkey -in FILE -noout`.");
	}

	private RefusedException refused(String what, String action) {
		return new RefusedException("%s %s".formatted(this.file.location(), what), action);
	}

}
