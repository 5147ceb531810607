package io.github.securegrpc.material.source;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslStoreBundle;

import io.github.securegrpc.material.RefusedException;

/**
 * One of Spring Boot's bundles ({@code spring.ssl.bundle.*}), by name, and the property
 * that names it.
 */
record NamedBundle(Supplier<SslBundles> bundles, BundleKeys keys, String name, String property) {

	private static final Pattern CONTENT = Pattern.compile("base64:[^'\\s]+", Pattern.CASE_INSENSITIVE);

	SslBundle get() {
		SslBundle bundle = find();
		this.keys.check(this.name, bundle);
		return bundle;
	}

	private SslBundle find() {
		try {
			return this.bundles.get().getBundle(this.name);
		}
		catch (NoSuchSslBundleException ex) {
			List<String> known = this.bundles.get().getBundleNames();
			throw new RefusedException(
					"%s names the bundle '%s', which does not exist (expected: one of %s)".formatted(this.property,
							this.name, known),
					"Define spring.ssl.bundle.pem.%s or spring.ssl.bundle.jks.%s, or correct %s.".formatted(this.name,
							this.name, this.property),
					ex);
		}
		catch (RuntimeException ex) {
			throw unreadable(ex);
		}
	}

	@Nullable KeyStore store(Function<SslStoreBundle, @Nullable KeyStore> which) {
		SslBundle bundle = get();
		try {
			return which.apply(bundle.getStores());
		}
		catch (RuntimeException ex) {
			throw unreadable(ex);
		}
	}

	List<String> aliases(KeyStore store) {
		try {
			return Collections.list(store.aliases());
		}
		catch (GeneralSecurityException ex) {
			throw unreadable(ex);
		}
	}

	RefusedException unreadable(Exception ex) {
		return new RefusedException(
				"bundle '%s' (%s) cannot be read: %s".formatted(this.name, this.property, rootMessage(ex)),
				"Check the files and passwords of spring.ssl.bundle.*.%s.".formatted(this.name), ex);
	}

	/*
	 * Boot's registry is a bean: the reason lies below the failure to create it. Boot
	 * names a key store by its location, which may be the store itself.
	 */
	private static String rootMessage(Exception ex) {
		StringBuilder reasons = new StringBuilder();
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (!(cause instanceof BeansException) && cause.getMessage() != null
					&& reasons.indexOf(cause.getMessage()) < 0) {
				reasons.append((reasons.length() > 0) ? ": " : "").append(cause.getMessage());
			}
		}
		return CONTENT.matcher(reasons).replaceAll("base64:****");
	}

	@Override
	public String toString() {
		return "bundle %s (%s)".formatted(this.name, this.property);
	}

}
