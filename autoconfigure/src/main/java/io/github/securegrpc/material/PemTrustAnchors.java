package io.github.securegrpc.material;

/**
 * Trust anchors from a PEM file.
 */
record PemTrustAnchors(Location ca) implements MaterialPart<TrustAnchors> {

	@Override
	public TrustAnchors load(LocationReader reader) {
		return new TrustAnchors(PemCertificates.parse(PemFile.parse(this.ca, reader.read(this.ca))));
	}

}
