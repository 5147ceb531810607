package io.github.securegrpc.material.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.core.io.Resource;

import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.RefusedException;

/**
 * Where one part of the TLS material is kept, and the property that says so: a plain
 * path, {@code file:}, {@code classpath:}, inline PEM or {@code base64:}. Prints what may
 * be logged, never the content of an inline value.
 *
 * @param value the property's value
 * @param property the property's full name, such as {@code secure-grpc.server.cert}
 */
public record Location(String value, String property) {

	private static final String BASE64 = "base64:";

	/* DER or PEM in base64, which must not be printed as if it were a path. */
	private static final Pattern CONTENT = Pattern
		.compile("(?<![A-Za-z0-9+/_-])(M[A-P]|LS0tLS1)[A-Za-z0-9+/=_\\s-]{60,}");

	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._:@%+,=-]+");

	/* One letter is a drive of Windows. */
	private static final Pattern SCHEME = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9+.-]+):.*", Pattern.DOTALL);

	private static final Set<String> SCHEMES = Set.of("file", "classpath", "base64");

	public Location {
		if (value.isBlank()) {
			throw new RefusedException(
					"%s is empty (expected: a path, file:, classpath:, base64: or inline PEM)".formatted(property),
					"Set %s, or remove it.".formatted(property));
		}
		if (!isInline(value)) {
			checkScheme(value, property);
		}
	}

	static Location of(MaterialLevel level, String name, @Nullable String value) {
		return new Location(Objects.requireNonNull(value, name), level.property(name));
	}

	/* What is no location may be content, or hold a password: it is not repeated. */
	private static void checkScheme(String value, String property) {
		Matcher matcher = SCHEME.matcher(value);
		String scheme = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "file";
		if (!SCHEMES.contains(scheme)) {
			throw new RefusedException("%s starts with %s: (expected: a path, file:, classpath:, base64: or inline PEM)"
				.formatted(property, scheme), "Fetch it to a file, and set %s to its path.".formatted(property));
		}
		if (!scheme.equals("base64") && CONTENT.matcher(value).find()) {
			throw new RefusedException(
					"%s holds base64 without a prefix (expected: a path, file:, classpath:, base64: or inline PEM)"
						.formatted(property),
					"Put base64: before it, and nothing else.");
		}
	}

	private static boolean isInline(String value) {
		return value.contains("-----BEGIN");
	}

	boolean isInline() {
		return isInline(this.value);
	}

	boolean isBase64() {
		return this.value.stripLeading().regionMatches(true, 0, BASE64, 0, BASE64.length());
	}

	String base64() {
		return this.value.stripLeading().substring(BASE64.length());
	}

	/**
	 * Returns whether the content can change while the application runs.
	 * @return {@code true} for a file, {@code false} for inline content and the class
	 * path
	 */
	public boolean canChange() {
		return !isInline() && !isBase64() && !isOnClassPath();
	}

	boolean isOnClassPath() {
		return this.value.strip().toLowerCase(Locale.ROOT).startsWith("classpath:");
	}

	/**
	 * Returns what a command may be given.
	 * @return the path, quoted where a shell asks for it; of content that is no file, a
	 * name for the file that it has to be written to first
	 */
	String file() {
		if (!canChange()) {
			return this.property.substring(this.property.lastIndexOf('.') + 1) + ".pem";
		}
		String path = this.value.strip().replaceFirst("^(?i:file:)(//(?=/))?", "");
		return shellQuoted(path);
	}

	/**
	 * Completes an action whose commands speak of {@link #file()}.
	 * @param action what to do
	 * @return the same, and how a value that is no file becomes one
	 */
	String about(String action) {
		return (canChange() || !action.contains(file())) ? action
				: "With the content of %s in %s: %s".formatted(this.property, file(), action);
	}

	static String shellQuoted(String path) {
		return PLAIN.matcher(path).matches() ? path : "'" + path.replace("'", "'\\''") + "'";
	}

	Resource resource() {
		return ApplicationResourceLoader.get().getResource(this.value.strip());
	}

	/**
	 * Reads what is there.
	 * @return its content, of a bounded size
	 * @throws RefusedException if it cannot be read
	 */
	public byte[] read() {
		return new LocationReader().read(this);
	}

	/**
	 * Returns the directories whose events announce a change.
	 * @return the directories, or none
	 */
	public Set<Path> directories() {
		if (!canChange()) {
			return Set.of();
		}
		try {
			Path directory = resource().getFile().toPath().toAbsolutePath().getParent();
			return (directory != null) ? Set.of(directory) : Set.of();
		}
		catch (IOException ex) {
			return Set.of(); // nothing that can be watched: the load says what is wrong
		}
	}

	@Override
	public String toString() {
		String shown = isInline() ? "inline PEM" : isBase64() ? "base64:****" : this.value.strip();
		return "%s (%s)".formatted(shown, this.property);
	}

}
