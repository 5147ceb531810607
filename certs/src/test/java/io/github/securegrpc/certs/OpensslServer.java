package io.github.securegrpc.certs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code openssl s_server} on a free port of the loopback address.
 */
public final class OpensslServer implements AutoCloseable {

	private final Process process;

	private final int port;

	private OpensslServer(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Starts a server and waits until it listens.
	 * @param directory where it finds its files
	 * @param options what stands behind the port
	 * @return the running server
	 * @throws Exception if it does not start
	 */
	public static OpensslServer start(Path directory, String... options) throws Exception {
		int port = freePort();
		Path log = Files.createTempFile("s_server", ".log");
		Process process = new ProcessBuilder(Stream
			.concat(List.of("openssl", "s_server", "-accept", "127.0.0.1:" + port).stream(), Stream.of(options))
			.toList()).directory(directory.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		OpensslServer server = new OpensslServer(process, port);
		for (int attempt = 0; attempt < 100; attempt++) {
			if (server.listens()) {
				return server;
			}
			TimeUnit.MILLISECONDS.sleep(50);
		}
		server.close();
		throw new IOException("s_server does not listen: " + Files.readString(log));
	}

	/**
	 * Returns where it listens.
	 * @return host and port
	 */
	public String address() {
		return "127.0.0.1:" + this.port;
	}

	private boolean listens() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), 1000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
