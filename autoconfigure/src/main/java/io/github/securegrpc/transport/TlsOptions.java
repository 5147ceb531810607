package io.github.securegrpc.transport;

import java.util.List;

import io.github.securegrpc.material.TlsProvider;
import io.github.securegrpc.validation.TrustRules;

/**
 * How one side speaks TLS, whatever the material is. Immutable; stays the same over all
 * rotations.
 *
 * @param provider who implements TLS
 * @param protocols the protocol versions to enable
 * @param ciphers the cipher suites to enable, or empty for the provider's HTTP/2-safe
 * ones
 * @param trustRules how peers are judged
 * @since 0.1.0
 */
public record TlsOptions(TlsProvider provider, List<String> protocols, List<String> ciphers, TrustRules trustRules) {

	public TlsOptions {
		protocols = List.copyOf(protocols);
		ciphers = List.copyOf(ciphers);
	}

}
