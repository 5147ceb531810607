package io.github.securegrpc.material.check;

import java.util.List;

import io.github.securegrpc.material.RefusedException;

/**
 * The TLS versions and cipher suites that may be asked for: those that HTTP/2 permits
 * (RFC 9113, 9.2), and that the field has not given up.
 *
 * @since 0.1.0
 */
public final class ProtocolsCheck {

	private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

	private static final String TLS13_SUITE = "TLS_(AES|CHACHA20)_.*";

	private static final String TLS12_SUITE = "TLS_ECDHE_(ECDSA|RSA)_WITH_(AES_(128|256)_GCM|CHACHA20_POLY1305)_.*";

	private ProtocolsCheck() {
	}

	/**
	 * Checks what is asked for.
	 * @param protocols the versions, or empty for the default
	 * @param ciphers the suites, or empty for the default
	 * @param prefix the prefix of the properties, for messages
	 * @return the versions
	 * @throws RefusedException if one is unknown, or they do not fit together
	 */
	public static List<String> check(List<String> protocols, List<String> ciphers, String prefix) {
		List<String> wanted = protocols.isEmpty() ? PROTOCOLS : List.copyOf(protocols);
		for (String protocol : wanted) {
			if (!PROTOCOLS.contains(protocol)) {
				throw new RefusedException(
						"%s.protocols: %s (expected: some of %s)".formatted(prefix, protocol, PROTOCOLS),
						"Remove %s; HTTP/2 needs TLS 1.2 or later.".formatted(protocol));
			}
		}
		for (String cipher : ciphers) {
			if (!cipher.matches(TLS13_SUITE) && !cipher.matches(TLS12_SUITE)) {
				throw new RefusedException(
						"%s.ciphers: %s (expected: an ephemeral AEAD suite, such as TLS_AES_128_GCM_SHA256 or TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)"
							.formatted(prefix, cipher),
						"Remove it; RFC 9113 forbids the others to HTTP/2.");
			}
		}
		requireOneFor(wanted, "TLSv1.3", ciphers, TLS13_SUITE, prefix);
		requireOneFor(wanted, "TLSv1.2", ciphers, TLS12_SUITE, prefix);
		return wanted;
	}

	private static void requireOneFor(List<String> protocols, String protocol, List<String> ciphers, String suite,
			String prefix) {
		if (!ciphers.isEmpty() && protocols.contains(protocol) && ciphers.stream().noneMatch((c) -> c.matches(suite))) {
			throw new RefusedException(
					"%s.protocols enables %s, but none of %s.ciphers is a suite of it".formatted(prefix, protocol,
							prefix),
					"Add a suite of %s to %s.ciphers, or remove it from %s.protocols.".formatted(protocol, prefix,
							prefix));
		}
	}

}
