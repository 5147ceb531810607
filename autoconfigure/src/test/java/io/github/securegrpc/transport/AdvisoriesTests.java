package io.github.securegrpc.transport;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said of a Netty that has a weakness which nobody can use through us.
 */
@ExtendWith(OutputCaptureExtension.class)
class AdvisoriesTests {

	@Test
	void nothingIsSaidOfTheVersionsOfThisBuild() {
		assertThat(Advisories.of(getClass().getClassLoader()).all()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({
			"META-INF/io.grpc.netty.shaded.io.netty.versions.properties, 4.2.15.Final, in grpc-netty-shaded, grpc-java.version",
			"META-INF/io.netty.versions.properties, 4.2.16.Final, below grpc-netty, netty.version",
			"META-INF/io.netty.versions.properties, 4.1.136.Final, fixed in 4.1.137, netty.version" })
	void oldNettyIsSaidOnceWithTheRemedyForItsFlavour(String file, String version, String where, String remedy,
			@TempDir Path directory, CapturedOutput output) throws IOException {
		Path versions = directory.resolve(file);
		Files.createDirectories(versions.getParent());
		Files.writeString(versions, "netty-common.version=%s\nnetty-codec.version=%s\n".formatted(version, version));
		try (URLClassLoader loader = new URLClassLoader(new URL[] { directory.toUri().toURL() },
				getClass().getClassLoader())) {
			assertThat(Advisories.of(loader).all()).singleElement()
				.asString()
				.contains("Netty " + version, where, "CVE-2026-75595", "secure-grpc-bom", "the property " + remedy);
		}
		assertThat(output).containsOnlyOnce("CVE-2026-75595");
	}

}
