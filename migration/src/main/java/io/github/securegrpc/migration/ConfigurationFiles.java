package io.github.securegrpc.migration;

import java.util.regex.Pattern;

import org.openrewrite.SourceFile;

/**
 * Which files Spring Boot reads its properties from.
 */
final class ConfigurationFiles {

	private static final Pattern NAME = Pattern.compile("(application|bootstrap)([-.].*)?\\.(properties|ya?ml)");

	private ConfigurationFiles() {
	}

	static boolean contain(SourceFile file) {
		return NAME.matcher(file.getSourcePath().getFileName().toString()).matches();
	}

}
