package io.github.securegrpc.client;

import java.util.List;

import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.RefusedException;

/**
 * Which certificate a channel presents: that of the nearest level that names one, or none
 * where that level says {@code cert: none}.
 *
 * @param levels the levels of the channel, the nearest first
 */
record ChannelIdentity(List<MaterialLevel> levels) {

	private static final String NONE = "none";

	ChannelIdentity {
		levels = List.copyOf(levels);
		levels.stream().filter(ChannelIdentity::isNone).forEach((level) -> {
			if (level.key() != null || level.keyPassword() != null || level.bundle() != null) {
				throw new RefusedException(
						"%s.cert is none, but a key or bundle stands beside it (expected: one of them)"
							.formatted(level.prefix()),
						"Remove %s.key, key-password and bundle, or name a certificate; ./none is a file of that name."
							.formatted(level.prefix()));
			}
		});
	}

	/* Returns whether the channel is to present no certificate. */
	boolean isNone() {
		return this.levels.stream()
			.filter((level) -> level.cert() != null || level.key() != null || level.bundle() != null)
			.findFirst()
			.filter(ChannelIdentity::isNone)
			.isPresent();
	}

	/* Returns whether the certificate comes from a level that the server shares. */
	boolean isShared() {
		return this.levels.subList(0, this.levels.size() - 1)
			.stream()
			.noneMatch((level) -> level.cert() != null || level.key() != null || level.bundle() != null);
	}

	/* Returns the levels as they are to be read. */
	List<MaterialLevel> read() {
		return this.levels.stream()
			.map((level) -> (isNone() || isNone(level)) ? withoutCertificate(level) : level)
			.toList();
	}

	private static MaterialLevel withoutCertificate(MaterialLevel level) {
		return new MaterialLevel(level.prefix(), null, null, null, level.ca(), level.bundle(), level.crl(),
				level.crlPolicy());
	}

	private static boolean isNone(MaterialLevel level) {
		return level.cert() != null && level.cert().strip().equalsIgnoreCase(NONE);
	}

}
