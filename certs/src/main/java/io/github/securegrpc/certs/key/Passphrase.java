package io.github.securegrpc.certs.key;

/**
 * What encrypts a private key. Never prints itself.
 *
 * @since 0.1.0
 */
public final class Passphrase {

	private static final int LONGEST = 1024;

	private final char[] characters;

	private Passphrase(char[] characters) {
		this.characters = characters;
	}

	/**
	 * Copies a passphrase.
	 * @param characters its characters, at least one
	 * @return the passphrase
	 * @throws IllegalArgumentException if there are none, or more than 1024
	 */
	public static Passphrase of(char[] characters) {
		if (characters.length == 0 || characters.length > LONGEST) {
			throw new IllegalArgumentException(
					"passphrase: %d characters (expected: 1 to %d)".formatted(characters.length, LONGEST));
		}
		return new Passphrase(characters.clone());
	}

	// what Java makes the key of a PKCS#12 key store from
	boolean isAscii() {
		return new String(this.characters).chars().allMatch((character) -> character >= ' ' && character <= '~');
	}

	char[] characters() {
		return this.characters.clone();
	}

	@Override
	public String toString() {
		return "****";
	}

}
