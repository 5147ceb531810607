package io.github.securegrpc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Java of the documentation compiles as it stands, and every type that a guide names
 * stands there with its package, too.
 */
class SnippetTests {

	private static final Path ROOT = Path.of("..");

	private static final Path BENCHMARKS = ROOT.resolve("benchmarks/src/main/java/io/github/securegrpc/benchmarks");

	private static final Pattern FENCE = Pattern.compile("^\\h*(```|~~~)\\h*(?i:java)\\b.*\\R", Pattern.MULTILINE);

	/* Of two words or more: a name of one may be anything. */
	private static final Pattern TYPE = Pattern
		.compile("`@?(?:[a-z]\\w*\\.)*((?:[A-Z]+[a-z0-9]+){2,})(?:\\.[a-z]\\w*(?:\\(.*?\\))?)?`");

	@ParameterizedTest
	@MethodSource("snippets")
	void everyBlockCompiles(Snippet snippet, @TempDir Path directory) {
		DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
		List<String> options = List.of("-proc:none", "--release", "17", "-d", directory.toString());
		assertThat(
				ToolProvider.getSystemJavaCompiler().getTask(null, null, said, options, null, List.of(snippet)).call())
			.as(said.getDiagnostics().toString())
			.isTrue();
	}

	@Test
	void blocksAreFound() throws IOException {
		assertThat(snippets()).hasSizeGreaterThan(4);
	}

	@ParameterizedTest
	@MethodSource("guides")
	void everyTypeHasItsPackage(Path page) throws IOException {
		String text = Files.readString(page);
		assertThat(TYPE.matcher(text).results().map((type) -> type.group(1)).distinct())
			.allMatch((type) -> Files.exists(BENCHMARKS.resolve(type + ".java"))
					|| Pattern.compile("[a-z0-9.]+\\." + type + "\\b")
						.matcher(text)
						.results()
						.anyMatch((name) -> ClassUtils.isPresent(name.group(), null)));
	}

	/* Decisions speak of what is inside. */
	static Stream<Path> guides() throws IOException {
		return pages().stream().filter((page) -> !page.startsWith(ROOT.resolve("docs/decisions")));
	}

	private static List<Path> pages() throws IOException {
		try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
			return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
				.filter((page) -> page.toString().endsWith(".md"))
				.toList();
		}
	}

	/*
	 * A page with a .proto needs what that is made into: .ci/tests/readme-test.sh builds
	 * it.
	 */
	static List<Snippet> snippets() throws IOException {
		List<Snippet> snippets = new ArrayList<>();
		for (Path page : pages()) {
			String text = Files.readString(page);
			if (text.contains("```protobuf")) {
				continue;
			}
			for (Matcher fence = FENCE.matcher(text); fence.find();) {
				String above = text.substring(0, fence.end()).replaceAll("[^\n]", "");
				String code = text.substring(fence.end()).split("(?m)^\\h*" + fence.group(1), 2)[0];
				snippets.add(new Snippet(page, above + code));
			}
		}
		return snippets;
	}

	/** A block of a page, at the lines that it has there. */
	private static final class Snippet extends SimpleJavaFileObject {

		private final String code;

		Snippet(Path page, String code) {
			super(page.toUri(), Kind.SOURCE);
			this.code = code;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.code;
		}

		/* A page is not named like the class in its block. */
		@Override
		public boolean isNameCompatible(String simpleName, Kind kind) {
			return true;
		}

	}

}
