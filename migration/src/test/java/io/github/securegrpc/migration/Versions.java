package io.github.securegrpc.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The versions that the build says.
 */
final class Versions {

	static final String PROJECT = find("<artifactId>secure-grpc</artifactId>\\s*<version>([^<]+)<");

	static final String BOOT_GRPC = find("<spring-boot-grpc.version>([^<]+)<");

	private Versions() {
	}

	private static String find(String pattern) {
		try {
			Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of("../pom.xml")));
			if (!matcher.find()) {
				throw new IllegalStateException(pattern + " is not in the parent's POM");
			}
			return matcher.group(1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
