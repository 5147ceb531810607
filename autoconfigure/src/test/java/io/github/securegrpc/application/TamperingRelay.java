package io.github.securegrpc.application;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Stands between a TLS client and a server for one connection, and changes the last byte
 * of the first encrypted record that the client sends.
 */
record TamperingRelay(ServerSocket relay, int port) implements Runnable {

	private static final int CHANGE_CIPHER_SPEC = 20;

	private static final int HANDSHAKE = 22;

	private static final int APPLICATION_DATA = 23;

	@Override
	public void run() {
		try (Socket client = this.relay.accept();
				Socket server = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			Thread back = new Thread(() -> copy(server, client));
			back.setDaemon(true);
			back.start();
			forward(new DataInputStream(client.getInputStream()), server.getOutputStream());
		}
		catch (IOException ex) {
			// either end is gone
		}
	}

	private static void copy(Socket from, Socket to) {
		try {
			from.getInputStream().transferTo(to.getOutputStream());
			to.close();
		}
		catch (IOException ex) {
			// either end is gone
		}
	}

	private static void forward(DataInputStream in, OutputStream out) throws IOException {
		boolean changed = false;
		boolean ciphered = false;
		byte[] header = new byte[5];
		while (true) {
			in.readFully(header);
			byte[] record = new byte[((header[3] & 0xFF) << 8) | (header[4] & 0xFF)];
			in.readFully(record);
			if (!changed && (header[0] == APPLICATION_DATA || (ciphered && header[0] == HANDSHAKE))) {
				record[record.length - 1] ^= 1;
				changed = true;
			}
			ciphered |= header[0] == CHANGE_CIPHER_SPEC;
			out.write(header);
			out.write(record);
			out.flush();
		}
	}

}
