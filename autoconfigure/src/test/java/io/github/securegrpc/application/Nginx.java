package io.github.securegrpc.application;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The nginx of this machine, with what a page says to write in the middle of an otherwise
 * bare configuration.
 */
final class Nginx implements AutoCloseable {

	private static final String BARE = """
			daemon off;
			master_process off;
			pid nginx.pid;
			error_log stderr info;
			events {}
			http {
				access_log off;
				client_body_temp_path body;
				proxy_temp_path proxy;
				fastcgi_temp_path fastcgi;
				uwsgi_temp_path uwsgi;
				scgi_temp_path scgi;
				%s
			}
			""";

	private final Path log;

	private final Process process;

	Nginx(Path directory, int port, String configuration) throws IOException {
		this.log = directory.resolve("nginx.log");
		Path file = Files.writeString(directory.resolve("nginx.conf"), BARE.formatted(configuration));
		this.process = Program.of("nginx")
			.start(this.log, List.of("-e", "stderr", "-p", directory.toString(), "-c", file.toString()));
		try {
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.ignoreExceptionsInstanceOf(ConnectException.class)
				.until(() -> !this.process.isAlive() || isOpen(port));
			assertThat(this.process.isAlive()).as(log()).isTrue();
		}
		catch (RuntimeException | Error ex) {
			close();
			throw ex;
		}
	}

	String log() throws IOException {
		return Files.readString(this.log);
	}

	private static boolean isOpen(int port) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
