package io.github.securegrpc.certs.devca;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.certs.file.DirectoryLock;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that starts at the same time share one directory.
 */
class DevCertificatesConcurrencyTests {

	private final Path directory;

	private final Path output;

	DevCertificatesConcurrencyTests(@TempDir Path directory, @TempDir Path output) {
		this.directory = directory;
		this.output = output;
	}

	@Test
	void threadsThatStartAtOnceAgree() throws Exception {
		int threads = 4;
		CountDownLatch start = new CountDownLatch(threads);
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Callable<String>> starts = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				starts.add(() -> {
					start.countDown();
					start.await();
					return new DevCertificates(this.directory, Duration.ofHours(24), Clock.systemUTC()).server()
						.load()
						.fingerprint();
				});
			}
			Set<String> fingerprints = new HashSet<>();
			for (Future<String> result : executor.invokeAll(starts)) {
				fingerprints.add(result.get());
			}
			assertThat(fingerprints).hasSize(1);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void processesThatStartAtOnceAgree() throws Exception {
		List<Process> processes = new ArrayList<>();
		try {
			for (int i = 0; i < 3; i++) {
				processes.add(startProcess(this.output.resolve("" + i)));
			}
			for (Process process : processes) {
				assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the process ends").isTrue();
				assertThat(process.exitValue()).isZero();
			}
			assertThat(this.output.resolve("1")).hasSameTextualContentAs(this.output.resolve("0"));
			assertThat(this.output.resolve("2")).hasSameTextualContentAs(this.output.resolve("0"));
		}
		finally {
			processes.forEach(Process::destroyForcibly);
		}
	}

	@Test
	void lockHeldByAnotherClassLoaderIsWaitedForAndThenRefused() throws Exception {
		DirectoryLock lock = new DirectoryLock(this.directory, Duration.ofMillis(100));
		try (FileChannel channel = FileChannel.open(this.directory.resolve(".lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE)) {
			FileLock held = channel.lock();
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> lock.alone(() -> "in"))
				.withMessageContaining(".lock: in use by another process")
				.satisfies((ex) -> assertThat(ex.action()).isNotEmpty());
			held.release();
			assertThat(lock.alone(() -> "in")).isEqualTo("in");
		}
	}

	@Test
	void lockIsFreeAgainAfterAFailure() {
		DirectoryLock lock = new DirectoryLock(this.directory, Duration.ofMillis(100));
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> lock.alone(() -> {
			throw new IllegalStateException();
		}));
		assertThat(lock.alone(() -> "in")).isEqualTo("in");
	}

	private Process startProcess(Path result) throws Exception {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		Path log = Files.createTempFile(this.output, "process", ".log");
		return new ProcessBuilder(java.toString(), "-Xmx128m", "-cp", classPath, DevCaProcess.class.getName(),
				this.directory.toString(), result.toString())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
	}

}
