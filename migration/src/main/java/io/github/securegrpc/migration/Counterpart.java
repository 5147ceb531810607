package io.github.securegrpc.migration;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What becomes of a setting of net.devh's.
 */
@FunctionalInterface
interface Counterpart {

	Pattern NUMBER = Pattern.compile("\\d+");

	Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+-]+:.*");

	// A size that net.devh took for no limit; Spring Boot wants a number of bytes.
	String UNLIMITED = Integer.MAX_VALUE + "B";

	// Returns what is set instead, the setting itself if a user has to see to it.
	List<Setting> of(Setting setting, Place place);

	// Spring Boot has the same under another name.
	static Counterpart renamed(String name) {
		return (setting, place) -> List.of(setting.named(place.boot(name)));
	}

	// The same, with the unit that net.devh took for granted.
	static Counterpart seconds(String name) {
		return (setting, place) -> List.of(setting.named(place.boot(name))
			.holding(NUMBER.matcher(setting.value()).matches() ? setting.value() + "s" : setting.value()));
	}

	static Counterpart size(String name) {
		return (setting, place) -> List
			.of(setting.named(place.boot(name)).holding(setting.value().matches("-1B?") ? UNLIMITED : setting.value()));
	}

	// Times of a keep-alive count only where it is enabled; Spring Boot's always is.
	static Counterpart keepAlive(String name) {
		return (setting, place) -> place.isTrue("enablekeepalive") ? seconds(name).of(setting, place)
				: List.of(setting.marked("had no effect without enable-keep-alive. In Spring Boot, " + place.boot(name)
						+ " always has one"));
	}

	// We have the same, for a file that was looked for on the class path.
	static Counterpart file(String name) {
		return (setting, place) -> {
			Setting moved = setting.named(place.secured(name));
			if (moved.value().startsWith("${")) {
				return List.of(moved.marked("a path without file: was looked for on the class path; now it is a file"));
			}
			return List.of(SCHEME.matcher(moved.value()).matches() ? moved
					: moved.holding("classpath:" + moved.value().replaceFirst("^/", "")));
		};
	}

	// We have the same under another name.
	static Counterpart secured(String name) {
		return (setting, place) -> List.of(setting.named(place.secured(name)));
	}

	// We have the same, separated by commas only.
	static Counterpart list(String name) {
		return (setting, place) -> List
			.of(setting.named(place.secured(name)).holding(setting.value().trim().replaceAll("[\\s,:]+", ",")));
	}

	// Nothing has it: it stays, with a comment.
	static Counterpart none(String instead) {
		return (setting, place) -> List.of(setting.marked(instead));
	}

}
