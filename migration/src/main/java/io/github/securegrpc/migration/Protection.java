package io.github.securegrpc.migration;

import java.util.List;

/**
 * Whether something protects the transport of a server or a channel of net.devh's, whose
 * channels are protected if nothing else is said.
 */
final class Protection {

	private Protection() {
	}

	static boolean isIn(List<Setting> document) {
		return document.stream().anyMatch((setting) -> {
			NetDevhKey key = NetDevhKey.of(setting.key());
			return key != null && isBy(setting, new Place(key, document));
		});
	}

	private static boolean isBy(Setting setting, Place place) {
		NetDevhKey key = place.key();
		if (key.isOfTls()) {
			return key.name().equals("negotiationtype") ? !place.isPlaintext()
					: !setting.value().equalsIgnoreCase("false");
		}
		return !key.isServer() && key.name().equals("address") && !setting.value().startsWith("in-process:")
				&& !place.isPlaintext();
	}

}
