package io.github.securegrpc.application;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.X509Bundle;

/**
 * A client that speaks HTTP/2 frame by frame (RFC 9113, 4), acknowledges nothing and
 * keeps no limit.
 */
final class UnboundedPeer implements Closeable {

	private static final int HEADERS = 1;

	static final int RST_STREAM = 3;

	static final int SETTINGS = 4;

	private static final int PING = 6;

	static final int GOAWAY = 7;

	private final Socket socket;

	private int stream = -1;

	UnboundedPeer(int port, String mode) throws Exception {
		this(mode.equals("tls") ? tls(port) : tcp(port), new byte[0]);
	}

	private UnboundedPeer(Socket socket, byte[] settings) throws IOException {
		this.socket = socket;
		this.socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		write(SETTINGS, 0, settings);
	}

	/* Takes no byte of any answer (SETTINGS_INITIAL_WINDOW_SIZE is 0). */
	static UnboundedPeer takingNothing(int port, X509Bundle identity) throws Exception {
		return new UnboundedPeer(tls(port, new FixedKeyManager(identity)), new byte[] { 0, 4, 0, 0, 0, 0 });
	}

	private static Socket tcp(int port) throws IOException {
		Socket tcp = new Socket(InetAddress.getLoopbackAddress(), port);
		tcp.setSoTimeout(10_000);
		return tcp;
	}

	private static Socket tls(int port, KeyManager... keys) throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
		SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(tcp(port), "localhost", port, true);
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setApplicationProtocols(new String[] { "h2" });
		socket.setSSLParameters(parameters);
		socket.startHandshake();
		return socket;
	}

	/* Opens a call and sends no message on it. Returns its stream. */
	int open() throws IOException {
		return open("grpc.health.v1.Health/Watch");
	}

	int open(String method) throws IOException {
		this.stream += 2;
		ByteArrayOutputStream headers = new ByteArrayOutputStream();
		for (String header : List.of(":method POST", ":scheme https", ":path /" + method, ":authority localhost",
				"content-type application/grpc", "te trailers")) {
			headers.write(0); // without indexing, new name (RFC 7541, 6.2.2)
			for (String part : header.split(" ", -1)) {
				headers.write(part.length());
				headers.write(part.getBytes(StandardCharsets.US_ASCII));
			}
		}
		write(HEADERS, this.stream, headers.toByteArray());
		return this.stream;
	}

	void reset(int stream) throws IOException {
		write(RST_STREAM, stream, new byte[] { 0, 0, 0, 8 });
	}

	/* Returns what the server sent until it has read everything sent before. */
	List<Frame> drain() throws IOException {
		write(PING, 0, new byte[8]);
		return readUntil((frame) -> frame.type() == PING && frame.flags() == 1);
	}

	/* The server's first SETTINGS, its acknowledgement of ours may follow. */
	Frame settings() throws IOException {
		return readUntil((frame) -> frame.type() == SETTINGS).get(0);
	}

	private void write(int type, int stream, byte[] payload) throws IOException {
		byte flags = (byte) ((type == HEADERS) ? 4 : 0); // END_HEADERS
		ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
		frame.putInt(payload.length << 8 | type).put(flags).putInt(stream).put(payload);
		this.socket.getOutputStream().write(frame.array());
		this.socket.getOutputStream().flush();
	}

	private List<Frame> readUntil(Predicate<Frame> last) throws IOException {
		List<Frame> frames = new ArrayList<>();
		DataInputStream in = new DataInputStream(this.socket.getInputStream());
		try {
			for (int first = in.read(); first >= 0; first = in.read()) {
				byte[] payload = new byte[first << 16 | in.readUnsignedShort()];
				Frame frame = new Frame(in.readUnsignedByte(), in.readUnsignedByte(), in.readInt(),
						ByteBuffer.wrap(payload));
				in.readFully(payload);
				frames.add(frame);
				if (last.test(frame)) {
					return frames;
				}
			}
		}
		catch (SocketException | SSLException ex) {
			// closed by the server
		}
		return frames;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/** A frame of HTTP/2. */
	record Frame(int type, int flags, int stream, ByteBuffer payload) {

		/* The error code of a RST_STREAM or a GOAWAY. */
		int errorCode() {
			return this.payload.getInt((this.type == GOAWAY) ? 4 : 0);
		}

		/* A parameter of a SETTINGS, or -1. */
		int setting(int id) {
			ByteBuffer settings = this.payload.duplicate();
			while (settings.hasRemaining()) {
				int found = settings.getShort();
				int value = settings.getInt();
				if (found == id) {
					return value;
				}
			}
			return -1;
		}

	}

}
