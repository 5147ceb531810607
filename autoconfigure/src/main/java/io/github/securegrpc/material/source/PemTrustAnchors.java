package io.github.securegrpc.material.source;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TrustAnchors;

/**
 * Trust anchors from a PEM file.
 */
record PemTrustAnchors(Location ca, AnchorSelection selection) implements FileParser<TrustAnchors> {

	@Override
	public List<Location> locations() {
		return List.of(this.ca);
	}

	@Override
	public TrustAnchors parse(List<byte[]> contents) {
		PemFile file = PemFile.parse(this.ca, contents.get(0));
		file.warnOfOthers(PemBlock::isCertificate);
		List<RefusedException> undecodable = new ArrayList<>();
		List<X509Certificate> certificates = PemCertificates.parse(file, undecodable::add);
		return this.selection.select(this.ca.toString(), certificates, undecodable);
	}

}
