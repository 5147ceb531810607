package io.github.securegrpc.peer.password;

import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Compares passwords with their hashes, which takes as long as a hash says. Apart, as
 * Spring Security's encoders may be missing.
 */
final class BcryptCheck {

	private static final BCryptPasswordEncoder ENCODER = new BCryptPasswordEncoder();

	private BcryptCheck() {
	}

	static boolean matches(String password, String hash) {
		return ENCODER.matches(password, hash);
	}

}
