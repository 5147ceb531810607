package io.github.securegrpc.material.check;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.securegrpc.material.TrustAnchors;

/**
 * The public CAs of the web, as the JVM comes with them: {@code lib/security/cacerts},
 * whatever the trust store of the application. Immutable.
 *
 * @since 0.1.0
 */
public final class PublicRoots {

	/** How the JDK marks its own among those that were added. */
	private static final String MARK = "[jdk";

	/** As many may have been added for a company where the distribution marks none. */
	private static final int ADDED_AT_MOST = 2;

	private final Set<PublicKey> keys;

	private final int tolerated;

	private PublicRoots(Set<PublicKey> keys, int tolerated) {
		this.keys = keys;
		this.tolerated = tolerated;
	}

	/**
	 * Reads the public CAs of the JVM that runs this.
	 * @return the public CAs, none if this JVM has no such file
	 */
	public static PublicRoots ofThisJvm() {
		return of(Path.of(System.getProperty("java.home"), "lib", "security", "cacerts").toFile());
	}

	static PublicRoots of(File file) {
		try {
			return of(KeyStore.getInstance(file, (char[]) null));
		}
		catch (GeneralSecurityException | IOException | IllegalArgumentException ex) {
			return new PublicRoots(Set.of(), 0);
		}
	}

	private static PublicRoots of(KeyStore store) throws GeneralSecurityException {
		Set<PublicKey> all = new HashSet<>();
		Set<PublicKey> marked = new HashSet<>();
		for (String alias : Collections.list(store.aliases())) {
			if (store.getCertificate(alias) instanceof X509Certificate root) {
				all.add(root.getPublicKey());
				if (alias.contains(MARK)) {
					marked.add(root.getPublicKey());
				}
			}
		}
		return marked.isEmpty() ? new PublicRoots(all, ADDED_AT_MOST) : new PublicRoots(marked, 0);
	}

	/**
	 * Finds the public CAs among trust anchors, by their keys.
	 * @param anchors the trust anchors
	 * @return those that are public CAs, empty if they are so few that they may be the
	 * own CAs of a company, which it added to its JVMs
	 */
	public List<X509Certificate> among(TrustAnchors anchors) {
		List<X509Certificate> found = anchors.certificates()
			.stream()
			.filter((anchor) -> this.keys.contains(anchor.getPublicKey()))
			.toList();
		return (found.size() > this.tolerated) ? found : List.of();
	}

}
