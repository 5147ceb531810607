package io.github.securegrpc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A package of main code, in whatever module, is a room in which everybody can know
 * everybody: more files want a room of their own.
 */
class RoomSizeTests {

	private static final int MOST = 30;

	@Test
	void noPackageHasMoreFilesThanAReaderRemembers() throws IOException {
		Map<Path, Long> files = filesByPackage();
		assertThat(files).hasSizeGreaterThan(20)
			.allSatisfy((room, count) -> assertThat(count).isLessThanOrEqualTo(MOST));
	}

	private static Map<Path, Long> filesByPackage() throws IOException {
		try (Stream<Path> modules = Files.list(Path.of("..").toRealPath())) {
			return modules.map((module) -> module.resolve("src/main/java"))
				.filter(Files::isDirectory)
				.flatMap(RoomSizeTests::sources)
				.collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
		}
	}

	private static Stream<Path> sources(Path root) {
		try (Stream<Path> found = Files.walk(root)) {
			return found.filter((file) -> file.toString().endsWith(".java")).toList().stream();
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}
