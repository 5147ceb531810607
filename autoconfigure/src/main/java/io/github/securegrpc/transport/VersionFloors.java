package io.github.securegrpc.transport;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RefusedException;

/**
 * The oldest version of grpc-java that may carry our connections: below 1.83.1, and
 * 1.82.4 of the line before, a client escapes the limit of calls (CVE-2026-47244). A
 * version that cannot be told is let pass. Weaknesses that nobody can use through us are
 * {@link Advisories}.
 */
final class VersionFloors {

	private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

	private VersionFloors() {
	}

	/* Of the transport: the API beside it may be of another version. */
	static void checkGrpc(Class<?> builder) {
		String found = builder.getPackage().getImplementationVersion();
		String floor = (found != null && found.startsWith("1.82.")) ? "1.82.4" : "1.83.1";
		if (isBelow(found, floor)) {
			throw new RefusedException(
					"grpc-java %s carries the connections (expected: %s or later; before, a client escapes secure-grpc.server.limits.calls-per-connection, CVE-2026-47244)"
						.formatted(found, floor),
					"%s, or set the property grpc-java.version to %s in a build below the parent of Spring Boot 4.1; the version of protoc-gen-grpc-java may stay."
						.formatted(Advisories.BOM, floor));
		}
	}

	static boolean isBelow(@Nullable String found, String floor) {
		return found != null && compare(found, floor) < 0;
	}

	private static int compare(String found, String floor) {
		Matcher a = NUMBERS.matcher(found);
		Matcher b = NUMBERS.matcher(floor);
		if (!a.matches() || !b.matches()) {
			return 0;
		}
		for (int i = 1; i <= b.groupCount(); i++) {
			int difference = Integer.compare(Integer.parseInt(a.group(i)), Integer.parseInt(b.group(i)));
			if (difference != 0) {
				return difference;
			}
		}
		return 0;
	}

}
