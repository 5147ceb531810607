package io.github.securegrpc.sample.ledger.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.springframework.test.util.TestSocketUtils;
import org.springframework.util.FileSystemUtils;

/**
 * A server of PostgreSQL with a cluster of its own, where Debian's package is installed.
 * It refuses to be root, so that root starts it as the package's user.
 */
public final class PostgresServer {

	private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

	private final Path programs = programs().orElseThrow();

	private final int port = TestSocketUtils.findAvailableTcpPort();

	private final Path directory;

	private Process process;

	public PostgresServer() throws IOException, InterruptedException {
		this.directory = Files.createTempDirectory(Path.of("/tmp"), "postgres");
		if (isRoot()) {
			Files.setOwner(this.directory,
					this.directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
		}
		Process made = run("initdb", "-D", data(), "-U", "ledger", "-A", "trust", "--no-sync", "-E", "UTF8",
				"--locale=C.UTF-8");
		if (!made.waitFor(1, TimeUnit.MINUTES) || made.exitValue() != 0) {
			throw new IllegalStateException(log());
		}
		this.process = start();
	}

	public static boolean isInstalled() {
		return programs().isPresent();
	}

	private static Optional<Path> programs() {
		if (!Files.isDirectory(VERSIONS)) {
			return Optional.empty();
		}
		try (Stream<Path> versions = Files.list(VERSIONS)) {
			return versions.map((version) -> version.resolve("bin"))
				.filter((programs) -> Files.isExecutable(programs.resolve("initdb")))
				.max(Comparator.naturalOrder());
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	public String url() {
		return "jdbc:postgresql://127.0.0.1:" + this.port + "/postgres?user=ledger";
	}

	/* As if the power failed. */
	public void crash() throws IOException, InterruptedException {
		run("pg_ctl", "stop", "-D", data(), "-m", "immediate").waitFor(1, TimeUnit.MINUTES);
		this.process.waitFor(1, TimeUnit.MINUTES);
	}

	public void restart() throws IOException {
		this.process = start();
	}

	private Process start() throws IOException {
		Process started = run("postgres", "-D", data(), "-p", String.valueOf(this.port), "-c",
				"listen_addresses=127.0.0.1", "-c", "unix_socket_directories=" + this.directory);
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> !started.isAlive()
					|| run("pg_isready", "-h", "127.0.0.1", "-p", String.valueOf(this.port)).waitFor() == 0);
		if (!started.isAlive()) {
			throw new IllegalStateException(log());
		}
		return started;
	}

	private Process run(String program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		if (isRoot()) {
			command.addAll(List.of("/usr/sbin/runuser", "-u", "postgres", "--"));
		}
		command.add(this.programs.resolve(program).toString());
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
			.start();
	}

	private static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

	private String data() {
		return this.directory.resolve("data").toString();
	}

	private Path logFile() {
		return this.directory.resolve("log");
	}

	private String log() throws IOException {
		return Files.readString(logFile());
	}

	public void remove() throws IOException, InterruptedException {
		crash();
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
