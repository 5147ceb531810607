package io.github.securegrpc.rotation;

import java.nio.ByteBuffer;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * A handshake in memory between two engines, so that what is configured is tried before
 * it meets a peer.
 *
 * @since 0.1.0
 */
public final class HandshakeProbe {

	private static final int MAX_ROUNDS = 1_000;

	private final SSLEngine client;

	private final SSLEngine server;

	private final ByteBuffer toServer;

	private final ByteBuffer toClient;

	private final ByteBuffer plain;

	private HandshakeProbe(SSLEngine client, SSLEngine server) {
		this.client = client;
		this.server = server;
		int packet = 2 * Math.max(client.getSession().getPacketBufferSize(), server.getSession().getPacketBufferSize());
		this.toServer = ByteBuffer.allocate(packet);
		this.toClient = ByteBuffer.allocate(packet);
		this.plain = ByteBuffer.allocate(packet);
	}

	/**
	 * Runs a handshake to its end.
	 * @param client the engine in client mode
	 * @param server the engine in server mode
	 * @throws SSLException if either end refuses, with its reason
	 */
	public static void run(SSLEngine client, SSLEngine server) throws SSLException {
		new HandshakeProbe(client, server).run();
	}

	private void run() throws SSLException {
		this.client.beginHandshake();
		this.server.beginHandshake();
		for (int i = 0; i < MAX_ROUNDS; i++) {
			boolean progress = step(this.client, this.toClient, this.toServer);
			progress |= step(this.server, this.toServer, this.toClient);
			if (isFinished(this.client) && isFinished(this.server) && !progress) {
				return;
			}
			if (!progress) {
				break;
			}
		}
		throw new SSLException("the handshake came to no end (client %s, server %s)"
			.formatted(this.client.getHandshakeStatus(), this.server.getHandshakeStatus()));
	}

	private boolean step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
		HandshakeStatus before = engine.getHandshakeStatus();
		boolean progress = runTasks(engine);
		int written = out.position();
		if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
			engine.wrap(ByteBuffer.allocate(0), out);
		}
		progress |= out.position() != written;
		in.flip();
		if (in.hasRemaining() || engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
			this.plain.clear();
			SSLEngineResult result = engine.unwrap(in, this.plain);
			progress |= result.bytesConsumed() > 0;
		}
		in.compact();
		progress |= engine.getHandshakeStatus() != before;
		return runTasks(engine) || progress;
	}

	private static boolean runTasks(SSLEngine engine) {
		boolean ran = false;
		for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
			task.run();
			ran = true;
		}
		return ran;
	}

	private static boolean isFinished(SSLEngine engine) {
		return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
	}

}
