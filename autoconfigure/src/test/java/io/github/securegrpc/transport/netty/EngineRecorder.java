package io.github.securegrpc.transport.netty;

import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;

/**
 * Remembers the engines that a context made.
 */
final class EngineRecorder extends SslContext {

	final List<SSLEngine> engines = new ArrayList<>();

	private final SslContext context;

	EngineRecorder(SslContext context) {
		this.context = context;
	}

	@Override
	public SSLEngine newEngine(ByteBufAllocator allocator) {
		SSLEngine engine = this.context.newEngine(allocator);
		this.engines.add(engine);
		return engine;
	}

	@Override
	public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
		return newEngine(allocator);
	}

	@Override
	public boolean isClient() {
		return this.context.isClient();
	}

	@Override
	public List<String> cipherSuites() {
		return this.context.cipherSuites();
	}

	@Override
	@SuppressWarnings("deprecation")
	public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
		return this.context.applicationProtocolNegotiator();
	}

	@Override
	public SSLSessionContext sessionContext() {
		return this.context.sessionContext();
	}

}
