package io.github.securegrpc.material;

import java.util.ArrayList;
import java.util.List;

/**
 * In which forms a private key is not read, whether its passphrase is known or not, and
 * how to convert it.
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
