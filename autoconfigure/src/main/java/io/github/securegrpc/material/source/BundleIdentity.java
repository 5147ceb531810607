package io.github.securegrpc.material.source;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;

/**
 * An identity from the key store of a bundle: the entry its key alias names, else the
 * only one.
 */
record BundleIdentity(NamedBundle bundle) implements MaterialPart<Identity> {

	@Override
	public @Nullable Identity load(LocationReader reader) {
		KeyStore store = this.bundle.store(SslStoreBundle::getKeyStore);
		if (store == null) {
			return null;
		}
		try {
			String alias = alias(store);
			return (alias != null) ? new Identity(key(store, alias), chain(store, alias)) : null;
		}
		catch (GeneralSecurityException ex) {
			throw this.bundle.unreadable(ex);
		}
	}

	@Override
	public boolean canChange() {
		return true;
	}

	@Override
	public Set<Path> directories() {
		return Set.of();
	}

	private @Nullable String alias(KeyStore store) throws GeneralSecurityException {
		String wanted = this.bundle.get().getKey().getAlias();
		if (wanted != null) {
			if (!store.isKeyEntry(wanted)) {
				throw refused("has no key with the alias '%s' (expected: one of %s)".formatted(wanted,
						this.bundle.aliases(store)));
			}
			return wanted;
		}
		List<String> keys = this.bundle.aliases(store).stream().filter((alias) -> isKey(store, alias)).toList();
		if (keys.size() > 1) {
			throw refused("has several keys, %s, and no key alias (expected: one)".formatted(keys));
		}
		return keys.isEmpty() ? null : keys.get(0);
	}

	private boolean isKey(KeyStore store, String alias) {
		try {
			return store.isKeyEntry(alias);
		}
		catch (GeneralSecurityException ex) {
			throw this.bundle.unreadable(ex);
		}
	}

	private PrivateKey key(KeyStore store, String alias) throws GeneralSecurityException {
		SslBundle sslBundle = this.bundle.get();
		for (String password : Arrays.asList(sslBundle.getKey().getPassword(),
				sslBundle.getStores().getKeyStorePassword(), null, "")) {
			try {
				Key key = store.getKey(alias, (password != null) ? password.toCharArray() : null);
				if (key instanceof PrivateKey privateKey) {
					return privateKey;
				}
			}
			catch (UnrecoverableKeyException ex) {
				// the next password
			}
		}
		throw refused("does not open its key '%s' with the passwords given".formatted(alias));
	}

	private List<X509Certificate> chain(KeyStore store, String alias) throws GeneralSecurityException {
		Certificate[] chain = store.getCertificateChain(alias);
		return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
	}

	private RefusedException refused(String what) {
		return new RefusedException("%s %s".formatted(this.bundle, what),
				"Set spring.ssl.bundle.*.%s.key.alias and key.password.".formatted(this.bundle.name()));
	}

}
