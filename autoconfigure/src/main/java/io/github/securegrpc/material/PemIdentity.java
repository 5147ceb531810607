package io.github.securegrpc.material;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * An identity from a PEM chain and a PEM key. Of several keys the one that belongs to the
 * leaf is taken.
 */
final class PemIdentity implements MaterialPart<Identity> {

	private final Location cert;

	private final Location key;

	private final @Nullable String keyPassword;

	private final String passwordProperty;

	PemIdentity(MaterialLevel level) {
		this.cert = level.location("cert", level.cert());
		this.key = level.location("key", level.key());
		this.keyPassword = level.keyPassword();
		this.passwordProperty = level.property("key-password");
	}

	@Override
	public Identity load(LocationReader reader) {
		byte[] certContent = reader.read(this.cert);
		byte[] keyContent = reader.read(this.key);
		List<X509Certificate> chain = PemCertificates.parse(PemFile.parse(this.cert, certContent));
		List<PrivateKey> keys = new PemPrivateKeys(PemFile.parse(this.key, keyContent), this.keyPassword,
				this.passwordProperty)
			.parse(chain.get(0));
		return new Identity(keyOfLeaf(keys, chain), chain);
	}

	@Override
	public boolean canChange() {
		return this.cert.canChange() || this.key.canChange();
	}

	@Override
	public Set<Path> directories() {
		return Stream.of(this.cert, this.key)
			.flatMap((location) -> location.directories().stream())
			.collect(Collectors.toUnmodifiableSet());
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
