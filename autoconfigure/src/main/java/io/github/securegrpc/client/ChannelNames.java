package io.github.securegrpc.client;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;

import io.github.securegrpc.material.NearestName;
import io.github.securegrpc.material.PrintableLog;
import io.github.securegrpc.material.RefusedException;

/**
 * The names of channels in the properties beside those that the engine knows. Settings
 * under a name that is not exactly a channel's would not be applied to it: its pins, its
 * CA. Where a channel was probably meant, that is refused.
 */
final class ChannelNames {

	private static final PrintableLog logger = PrintableLog.of(ChannelNames.class);

	private final Set<String> named;

	ChannelNames(Set<String> named) {
		this.named = named;
	}

	/* A channel without settings of its own is made, and others are known. */
	void check(String channel, Collection<String> known) {
		if (!this.named.contains(channel)) {
			this.named.stream()
				.filter((name) -> !known.contains(name) && isMeant(name, channel))
				.findFirst()
				.ifPresent((name) -> refuse(name, channel));
		}
	}

	void checkAll(Collection<String> known) {
		this.named.stream().filter((name) -> !known.contains(name)).sorted().forEach((name) -> {
			known.stream()
				.filter((channel) -> isMeant(name, channel))
				.findFirst()
				.ifPresent((channel) -> refuse(name, channel));
			logger.warn("secure-grpc.client.channels.%s names a channel that nobody has made yet".formatted(name));
		});
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
	private static boolean isMeant(String name, String channel) {
		return letters(name).equals(letters(channel)) || NearestName.isSlip(words(name), words(channel));
	}

	private static String letters(String name) {
		return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
	}

	private static String words(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("\\d", "").replaceAll("(^|[-_.])\\p{L}{1,2}(?=$|[-_.])", "");
	}

}
