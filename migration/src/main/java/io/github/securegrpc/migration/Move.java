package io.github.securegrpc.migration;

import java.util.ArrayList;
import java.util.List;

/**
 * Moves the settings of a document. What has no counterpart stays where it is, with a
 * comment; a second time changes nothing.
 */
final class Move {

	private Move() {
	}

	static List<Setting> of(List<Setting> document) {
		List<Setting> all = ChannelCounterparts.inherited(document);
		List<Setting> moved = new ArrayList<>();
		for (Setting setting : all) {
			NetDevhKey key = NetDevhKey.of(setting.key());
			if (key == null || setting.isMarked()) {
				moved.add(setting);
			}
			else {
				moved.addAll((key.isServer() ? ServerCounterparts.ALL : ChannelCounterparts.ALL)
					.getOrDefault(key.name(), Counterpart.none("no counterpart is known"))
					.of(setting, new Place(key, all)));
			}
		}
		return moved;
	}

}
