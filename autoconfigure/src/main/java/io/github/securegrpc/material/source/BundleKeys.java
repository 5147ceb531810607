package io.github.securegrpc.material.source;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.springframework.boot.ssl.SslBundle;

/**
 * The private keys of PEM bundles, which Boot opens whatever that costs: what one asks
 * for is looked at before. Thread-safe.
 */
final class BundleKeys {

	static final BundleKeys NONE = new BundleKeys((name) -> List.of());

	private final Function<String, List<Location>> locations;

	private final Map<String, SslBundle> checked = new ConcurrentHashMap<>();

	/* The locations of the private keys of a bundle, by the bundle's name. */
	BundleKeys(Function<String, List<Location>> locations) {
		this.locations = locations;
	}

	void check(String name) {
		for (Location key : this.locations.apply(name)) {
			for (PemBlock block : PemFile.parse(key, new LocationReader().read(key)).blocks(PemBlock::isPrivateKey)) {
				KeyFormatCheck.checkCost(block, key);
			}
		}
	}

	/* Boot reads a file once for each bundle that it makes of it. */
	void check(String name, SslBundle bundle) {
		if (this.checked.get(name) != bundle) {
			check(name);
			this.checked.put(name, bundle);
		}
	}

}
