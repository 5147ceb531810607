package io.github.securegrpc.peer.password;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Digests names and passwords under a key that lives and dies with the process: what is
 * remembered of them is worth nothing elsewhere. Thread-safe.
 */
final class GuessDigest {

	private static final String HMAC = "HmacSHA256";

	private final SecretKeySpec key;

	GuessDigest() {
		byte[] bytes = new byte[32];
		new SecureRandom().nextBytes(bytes);
		this.key = new SecretKeySpec(bytes, HMAC);
	}

	String of(BasicCredentials presented) {
		byte[] user = presented.user().getBytes(StandardCharsets.UTF_8);
		Mac mac = mac();
		mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(user.length).flip());
		mac.update(user);
		return HexFormat.of().formatHex(mac.doFinal(presented.password().getBytes(StandardCharsets.UTF_8)));
	}

	private Mac mac() {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(this.key);
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every JDK has " + HMAC, ex);
		}
	}

}
