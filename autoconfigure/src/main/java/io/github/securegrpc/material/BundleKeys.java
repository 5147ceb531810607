package io.github.securegrpc.material;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The private keys of PEM bundles, which Boot opens whatever that costs: what one asks
 * for is looked at before.
 *
 * @param location the location of the private key of a bundle, by the bundle's name
 */
record BundleKeys(Function<String, @Nullable Location> location) {

	static final BundleKeys NONE = new BundleKeys((name) -> null);

	void check(String bundle) {
		Location key = this.location.apply(bundle);
		if (key == null) {
			return;
		}
		for (PemBlock block : PemFile.parse(key, new LocationReader().read(key)).blocks(PemBlock::isPrivateKey)) {
			KeyFormatCheck.checkCost(block, key);
		}
	}

}
