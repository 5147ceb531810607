package io.github.securegrpc.material;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The material that the configuration names, part by part, in one read.
 */
record ConfiguredMaterialSource(MaterialPart<Identity> identity, MaterialPart<TrustAnchors> trustAnchors,
		MaterialOrigin origin) implements TlsMaterialSource {

	@Override
	public TlsMaterial load() {
		LocationReader reader = new LocationReader();
		return new TlsMaterial(this.identity.load(reader), this.trustAnchors.load(reader));
	}

	@Override
	public boolean canChange() {
		return this.identity.canChange() || this.trustAnchors.canChange();
	}

	@Override
	public Set<Path> directories() {
		return Stream.of(this.identity, this.trustAnchors)
			.flatMap((part) -> part.directories().stream())
			.collect(Collectors.toUnmodifiableSet());
	}

}
