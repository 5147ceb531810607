package io.github.securegrpc.certs.devca;

import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsMaterialSource;

/**
 * One side's view of the dev CA.
 *
 * @param certificates the engine
 * @param side whose leaf is the identity
 */
record DevMaterialSource(DevCertificates certificates, DevLeaf side) implements TlsMaterialSource {

	@Override
	public TlsMaterial load() {
		return this.certificates.load().of(this.side);
	}

	@Override
	public MaterialOrigin origin() {
		String origin = this.certificates.toString();
		return new MaterialOrigin(origin, origin, origin);
	}

}
