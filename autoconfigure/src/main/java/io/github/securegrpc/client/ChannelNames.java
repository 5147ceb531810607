package io.github.securegrpc.client;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.text.NearestName;
import io.github.securegrpc.text.PrintableLog;

/**
 * The names of channels in the properties beside those that the engine knows. Settings
 * under a name that is not exactly a channel's would not be applied to it: its pins, its
 * CA. Where a channel was probably meant, that is refused.
 */
final class ChannelNames {

	private static final PrintableLog logger = PrintableLog.of(ChannelNames.class);

	private static final int MENTIONED = 10;

	private final Set<String> named;

	ChannelNames(Set<String> named) {
		this.named = named;
	}

	/*
	 * A channel is made, and not all others are known yet: one that differs by a letter
	 * may be made a moment later.
	 */
	void check(String channel, Collection<String> known) {
		if (this.named.contains(channel)) {
			return;
		}
		this.named.stream().filter((name) -> !known.contains(name)).sorted().forEach((name) -> {
			if (isOtherSpelling(name, channel)) {
				refuse(name, channel);
			}
			if (isSlip(name, channel)) {
				logger.warn("secure-grpc.client.channels.%s is not applied to the channel %s".formatted(name, channel));
			}
		});
	}

	/* All channels that the application makes at its start are known. */
	void checkAll(Collection<String> known, boolean learned) {
		List<String> unknown = this.named.stream().filter((name) -> !known.contains(name)).sorted().toList();
		List<String> bare = known.stream().filter((channel) -> !this.named.contains(channel)).toList();
		for (String name : unknown) {
			bare.stream()
				.filter((channel) -> isOtherSpelling(name, channel))
				.findFirst()
				.ifPresent((channel) -> refuse(name, channel));
			List<String> meant = bare.stream().filter((channel) -> isSlip(name, channel)).toList();
			if (meant.size() == 1 && unknown.stream().filter((other) -> isSlip(other, meant.get(0))).count() == 1) {
				refuse(name, meant.get(0));
			}
			if (!learned) {
				logger.warn("secure-grpc.client.channels.%s names a channel that nobody has made yet (known: %s)"
					.formatted(name, known.stream().sorted().limit(MENTIONED).toList()));
			}
		}
	}

	private static void refuse(String name, String channel) {
		throw new RefusedException(
				"secure-grpc.client.channels.%s is not applied to the channel %s (expected: exactly the channel's name)"
					.formatted(name, channel),
				("Write secure-grpc.client.channels.%s; where a variable of the environment cannot spell that, use "
						+ "SPRING_APPLICATION_JSON. If %s is a channel of its own, give it an address at the engine.")
					.formatted(channel, name));
	}

	/*
	 * Names that differ in numbers, or in words of a letter or two, differ on purpose:
	 * node1 and node2, ledger-a and ledger-b.
	 */
	private static boolean isSlip(String name, String channel) {
		return NearestName.isSlip(words(name), words(channel));
	}

	private static boolean isOtherSpelling(String name, String channel) {
		return letters(name).equals(letters(channel));
	}

	private static String letters(String name) {
		return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
	}

	private static String words(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("\\d", "").replaceAll("(^|[-_.])\\p{L}{1,2}(?=$|[-_.])", "");
	}

}
