package io.github.securegrpc.material;

import java.nio.file.Path;
import java.util.Set;

/**
 * Trust anchors from a PEM file.
 */
record PemTrustAnchors(Location ca) implements MaterialPart<TrustAnchors> {

	@Override
	public TrustAnchors load(LocationReader reader) {
		return new TrustAnchors(PemCertificates.parse(PemFile.parse(this.ca, reader.read(this.ca))));
	}

	@Override
	public boolean canChange() {
		return this.ca.canChange();
	}

	@Override
	public Set<Path> directories() {
		return this.ca.directories();
	}

}
