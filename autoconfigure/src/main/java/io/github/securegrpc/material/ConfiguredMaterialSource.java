package io.github.securegrpc.material;

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

}
