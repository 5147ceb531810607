package io.github.securegrpc.peer.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A password that was right.
 *
 * @param hash the user's hash of then
 * @param digest the digest of name and password
 */
record Known(String hash, String digest) {

	boolean is(String hash, String digest) {
		return this.hash.equals(hash) && MessageDigest.isEqual(this.digest.getBytes(StandardCharsets.US_ASCII),
				digest.getBytes(StandardCharsets.US_ASCII));
	}

	@Override
	public String toString() {
		return "Known[****]";
	}

}
