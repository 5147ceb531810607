package io.github.securegrpc.actuate;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * How an HTTP/2 connection begins: the client's preface with an empty SETTINGS frame, and
 * the server's SETTINGS frame (RFC 9113, 3.4).
 */
final class Http2Greeting {

	private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"
		.getBytes(StandardCharsets.ISO_8859_1);

	private static final int FRAME_HEADER = 9;

	private static final int TYPE = 3;

	private static final int SETTINGS = 4;

	private Http2Greeting() {
	}

	/* Returns whether somebody at the other end speaks HTTP/2 with us. */
	static boolean isAnswered(Socket socket) throws IOException {
		socket.getOutputStream().write(PREFACE);
		socket.getOutputStream().flush();
		byte[] header = socket.getInputStream().readNBytes(FRAME_HEADER);
		return header.length == FRAME_HEADER && header[TYPE] == SETTINGS;
	}

}
