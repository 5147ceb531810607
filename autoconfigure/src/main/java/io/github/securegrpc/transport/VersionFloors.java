package io.github.securegrpc.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RefusedException;

/**
 * The oldest versions that may carry our connections: below grpc-java 1.83.1 a client
 * escapes the limit of calls (CVE-2026-47244), below Netty 4.2.17 or 4.1.137 stands
 * CVE-2026-75595. A version that cannot be told is let pass.
 */
final class VersionFloors {

	private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

	private VersionFloors() {
	}

	/* Of the transport: the API beside it may be of another version. */
	static void checkGrpc(Class<?> builder) {
		check("grpc-java", builder.getPackage().getImplementationVersion(), "1.83.1", "grpc-java.version");
	}

	/* Of the files that Netty's jars say their versions in. */
	static void checkNetty(ClassLoader loader, String versions) {
		try {
			for (Enumeration<URL> urls = loader.getResources(versions); urls.hasMoreElements();) {
				try (InputStream stream = urls.nextElement().openStream()) {
					Properties properties = new Properties();
					properties.load(stream);
					properties.stringPropertyNames()
						.stream()
						.filter((name) -> name.endsWith(".version"))
						.map(properties::getProperty)
						.forEach(VersionFloors::checkNetty);
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("cannot read " + versions, ex);
		}
	}

	private static void checkNetty(String version) {
		check("Netty", version, version.startsWith("4.1.") ? "4.1.137" : "4.2.17", "netty.version");
	}

	static void check(String library, @Nullable String found, String floor, String property) {
		if (found != null && compare(found, floor) < 0) {
			throw new RefusedException(
					"%s %s is on the class path (expected: %s or later)".formatted(library, found, floor),
					"Raise %s to %s or later in the build: set <%s>, and import grpc-bom and netty-bom before other BOMs."
						.formatted(library, floor, property));
		}
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
