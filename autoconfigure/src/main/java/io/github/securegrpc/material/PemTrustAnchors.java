package io.github.securegrpc.material;

import java.util.List;

/**
 * Trust anchors from a PEM file.
 */
record PemTrustAnchors(Location ca) implements FileParser<TrustAnchors> {

	@Override
	public List<Location> locations() {
		return List.of(this.ca);
	}

	@Override
	public TrustAnchors parse(List<byte[]> contents) {
		PemFile file = PemFile.parse(this.ca, contents.get(0));
		file.warnOfOthers(PemBlock::isCertificate);
		return new TrustAnchors(PemCertificates.parse(file));
	}

}
