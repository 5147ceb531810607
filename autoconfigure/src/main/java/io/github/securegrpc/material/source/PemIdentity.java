package io.github.securegrpc.material.source;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.check.ChainSize;
import io.github.securegrpc.material.check.KeyMatch;
import io.github.securegrpc.material.check.KeyType;

/**
 * An identity from a PEM chain and a PEM key. Of several keys the one that belongs to the
 * leaf is taken.
 */
final class PemIdentity implements FileParser<Identity> {

	private final Location cert;

	private final Location key;

	private final @Nullable String keyPassword;

	private final String passwordProperty;

	PemIdentity(MaterialLevel level) {
		this.cert = Location.of(level, "cert", level.cert());
		this.key = Location.of(level, "key", level.key());
		this.keyPassword = level.keyPassword();
		this.passwordProperty = level.property("key-password");
	}

	@Override
	public List<Location> locations() {
		return List.of(this.cert, this.key);
	}

	@Override
	public Identity parse(List<byte[]> contents) {
		PemFile certFile = PemFile.parse(this.cert, contents.get(0));
		PemFile keyFile = PemFile.parse(this.key, contents.get(1));
		certFile.warnOfOthers(PemBlock::isOfIdentity);
		keyFile.warnOfOthers(PemBlock::isOfIdentity);
		List<X509Certificate> chain = chain(certFile);
		KeyType.check(chain.get(0), this.cert.toString());
		List<PrivateKey> keys = new PemPrivateKeys(keyFile, this.keyPassword, this.passwordProperty)
			.parse(chain.get(0));
		return new Identity(keyOfLeaf(keys, chain), chain);
	}

	/* Each issuer is verified, and presented to every peer. */
	private List<X509Certificate> chain(PemFile file) {
		List<X509Certificate> chain = PemCertificates.parse(file);
		if (chain.size() > ChainSize.CERTIFICATES) {
			throw new RefusedException(
					"%s holds %d certificates (expected: the leaf and its intermediates, %d at most)"
						.formatted(this.cert, chain.size(), ChainSize.CERTIFICATES),
					"Put the leaf first, then each issuer in turn; trust anchors belong into the ca.");
		}
		return chain;
	}

	private PrivateKey keyOfLeaf(List<PrivateKey> keys, List<X509Certificate> chain) {
		for (PrivateKey candidate : keys) {
			if (KeyMatch.belongs(candidate, chain.get(0))) {
				return candidate;
			}
		}
		for (int i = 1; i < chain.size(); i++) {
			for (PrivateKey candidate : keys) {
				if (KeyMatch.belongs(candidate, chain.get(i))) {
					throw new RefusedException(
							"%s: the key %s belongs to certificate %d, not to the first (expected: the leaf first)"
								.formatted(this.cert, this.key, i + 1),
							"Put the leaf first, then each issuer in turn.");
				}
			}
		}
		for (PrivateKey candidate : keys) {
			if (!KeyMatch.differs(candidate, chain.get(0))) {
				return candidate; // a handshake tells
			}
		}
		throw new RefusedException(
				"%s does not belong to the leaf %s of %s (expected: the private key of that certificate)"
					.formatted(this.key, chain.get(0).getSubjectX500Principal(), this.cert),
				"Use the key that the certificate was requested with, or request a new certificate.");
	}

	@Override
	public String toString() {
		return "PemIdentity[cert=%s, key=%s]".formatted(this.cert, this.key);
	}

}
