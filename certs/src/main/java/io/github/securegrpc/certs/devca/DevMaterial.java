package io.github.securegrpc.certs.devca;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;

/**
 * All that the directory holds at one moment.
 *
 * @param identities the identity of each side
 * @param authority the certificate of the authority
 */
record DevMaterial(Map<DevLeaf, Identity> identities, X509Certificate authority) {

	DevMaterial {
		identities = Map.copyOf(identities);
	}

	TlsMaterial of(DevLeaf side) {
		return new TlsMaterial(identity(side), new TrustAnchors(List.of(this.authority)));
	}

	Instant expiry(DevLeaf side) {
		return identity(side).expiry();
	}

	Instant authorityExpiry() {
		return this.authority.getNotAfter().toInstant();
	}

	private Identity identity(DevLeaf side) {
		return Objects.requireNonNull(this.identities.get(side));
	}

}
