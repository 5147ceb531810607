package io.github.securegrpc.material.source;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsMaterialSource;
import io.github.securegrpc.material.TrustAnchors;

/**
 * The material that the configuration names, part by part, in one read.
 */
record ConfiguredMaterialSource(MaterialPart<Identity> identity, MaterialPart<TrustAnchors> trustAnchors,
		MaterialPart<RevocationLists> revocationLists, MaterialOrigin origin) implements TlsMaterialSource {

	/* Each but the last failed because the volume was swapped meanwhile. */
	private static final int ATTEMPTS = 50;

	@Override
	public TlsMaterial load() {
		for (int attempt = 1;; attempt++) {
			LocationReader reader = new LocationReader();
			try {
				return new TlsMaterial(this.identity.load(reader), this.trustAnchors.load(reader),
						this.revocationLists.load(reader));
			}
			catch (RefusedException ex) {
				// kubelet removes the state that it has just replaced
				if (attempt == ATTEMPTS || !reader.isOutdated()) {
					throw ex;
				}
			}
		}
	}

	@Override
	public boolean canChange() {
		return this.identity.canChange() || this.trustAnchors.canChange() || this.revocationLists.canChange();
	}

	@Override
	public Set<Path> directories() {
		return Stream.of(this.identity, this.trustAnchors, this.revocationLists)
			.flatMap((part) -> part.directories().stream())
			.collect(Collectors.toUnmodifiableSet());
	}

}
