package io.github.securegrpc.material.source;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.check.DerivationCost;
import io.github.securegrpc.material.check.KeySize;

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

	static void check(PemBlock block, Location location, String passwordProperty) {
		try {
			check(block, location.toString(), location.file(), passwordProperty);
		}
		catch (RefusedException ex) {
			throw new RefusedException(String.valueOf(ex.getMessage()), location.about(ex.action()), ex.getCause());
		}
	}

	static void checkCost(PemBlock block, Location location) {
		checkCost(block, location.toString(), location.file());
	}

	private static void check(PemBlock block, String from, String file, String passwordProperty) {
		if (block.isLegacyEncrypted()) {
			throw new RefusedException(
					"%s is encrypted in OpenSSL's legacy format, %s with Proc-Type (expected: PKCS#8)".formatted(from,
							block.label()),
					"Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in %1$s -out %1$s.new, and set %2$s to the new passphrase."
						.formatted(file, passwordProperty));
		}
		if (block.isOpenSsh()) {
			throw new RefusedException(
					"%s is an OpenSSH private key (expected: PKCS#8, PKCS#1 or SEC1)".formatted(from),
					"Convert a copy of it: cp %1$s %1$s.new && ssh-keygen -p -m PKCS8 -f %1$s.new".formatted(file));
		}
		checkCost(block, from, file);
	}

	private static void checkCost(PemBlock block, String from, String file) {
		String look = "Check the file with `openssl pkey -in %s -noout`.".formatted(file);
		try {
			byte[] der = block.der();
			refuse(KeySize.objection(der), from, look);
			if (block.isEncryptedPkcs8()) {
				refuse(DerivationCost.objection(der), from,
						"Encrypt it again: openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 600000 -in %1$s -out %1$s.new"
							.formatted(file));
			}
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedException("%s holds a %s that cannot be decoded (expected: base64 between its boundaries)"
				.formatted(from, block.label()), look);
		}
	}

	private static void refuse(@Nullable String objection, String from, String action) {
		if (objection != null) {
			throw new RefusedException("%s %s".formatted(from, objection), action);
		}
	}

	private static void collect(List<RefusedException> objections, PemBlock block, String from) {
		try {
			check(block, from, Location.shellQuoted(from), "secure-grpc.….key-password");
		}
		catch (RefusedException ex) {
			objections.add(ex);
		}
	}

}
