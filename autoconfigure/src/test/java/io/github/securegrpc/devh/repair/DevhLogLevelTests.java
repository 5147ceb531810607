package io.github.securegrpc.devh.repair;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first lines that a new user reads.
 */
@ExtendWith(OutputCaptureExtension.class)
class DevhLogLevelTests {

	private static final String LINE = "Failed to introspect";

	@TempDir
	Path directory = Path.of("");

	@Test
	void nothingIsSaidOfAnnotationsThatWeMakeUpFor(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application().start()) {
			assertThat(context.isRunning()).isTrue();
			assertThat(output).doesNotContain(LINE);
		}
	}

	@Test
	void whoeverWantsToReadItDoes(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application().set(DevhLogLevel.PROPERTY, "warn").start()) {
			assertThat(context.isRunning()).isTrue();
			assertThat(output).contains(LINE);
		}
	}

	private Application application() {
		return new Application(this.directory).identity("secure-grpc.server",
				TestCertificates.server(TestCertificates.authority("ca")));
	}

}
