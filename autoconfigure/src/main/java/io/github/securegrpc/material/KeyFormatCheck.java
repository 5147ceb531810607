package io.github.securegrpc.material;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * In which forms a private key is not read, whether its passphrase is known or not, which
 * of them would be too costly to open, and how to convert it.
 *
 * @since 0.1.0
 */
public final class KeyFormatCheck {

	private KeyFormatCheck() {
	}

	/**
	 * Returns what is wrong with the way in which the private keys of a PEM file are
	 * written. None is opened or decoded.
	 * @param pem the text of the file
	 * @param from where it came from, for the messages
	 * @return the refusals, empty if nothing is wrong
	 */
	public static List<RefusedException> objections(String pem, String from) {
		List<RefusedException> objections = new ArrayList<>();
		try {
			for (PemBlock block : PemFile.blocks(pem, from)) {
				if (block.isPrivateKey()) {
					collect(objections, block, from);
				}
			}
		}
		catch (RefusedException ex) {
			objections.add(ex);
		}
		return objections;
	}

	static void check(PemBlock block, String from, String passwordProperty) {
		if (block.isLegacyEncrypted()) {
			throw new RefusedException(
					"%s is encrypted in OpenSSL's legacy format, %s with Proc-Type (expected: PKCS#8)".formatted(from,
							block.label()),
					"Convert it: openssl pkcs8 -topk8 -in OLD.key -out NEW.key, and set %s to the new passphrase."
						.formatted(passwordProperty));
		}
		if (block.isOpenSsh()) {
			throw new RefusedException(
					"%s is an OpenSSH private key (expected: PKCS#8, PKCS#1 or SEC1)".formatted(from),
					"Convert a copy of it: ssh-keygen -p -m PKCS8 -f COPY.key");
		}
		checkCost(block, from);
	}

	private static void checkCost(PemBlock block, String from) {
		try {
			byte[] der = block.der();
			refuse(KeySize.objection(der), from, "Check the file with `openssl pkey -in FILE -noout`.");
			if (block.isEncryptedPkcs8()) {
				refuse(DerivationCost.objection(der), from,
						"Encrypt it again: openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 600000 -in OLD.key -out NEW.key");
			}
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedException("%s holds a %s that cannot be decoded (expected: base64 between its boundaries)"
				.formatted(from, block.label()), "Check the file with `openssl pkey -in FILE -noout`.");
		}
	}

	private static void refuse(@Nullable String objection, String from, String action) {
		if (objection != null) {
			throw new RefusedException("%s %s".formatted(from, objection), action);
		}
	}

	private static void collect(List<RefusedException> objections, PemBlock block, String from) {
		try {
			check(block, from, "secure-grpc.….key-password");
		}
		catch (RefusedException ex) {
			objections.add(ex);
		}
	}

}
