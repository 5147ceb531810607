package io.github.securegrpc.transport.netty;

import java.nio.ByteBuffer;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;

/**
 * Stands for the engine of a connection whose peer is judged after the handshake. JSSE
 * only judges what is in a handshake, and asks the engine for its session and parameters;
 * nothing else is answered.
 */
final class JudgedEngine extends SSLEngine {

	private final SSLEngine connected;

	JudgedEngine(SSLEngine connected) {
		super(connected.getPeerHost(), connected.getPeerPort());
		this.connected = connected;
	}

	@Override
	public SSLSession getHandshakeSession() {
		return this.connected.getSession();
	}

	@Override
	public SSLSession getSession() {
		return this.connected.getSession();
	}

	@Override
	public SSLParameters getSSLParameters() {
		return this.connected.getSSLParameters();
	}

	@Override
	public boolean getUseClientMode() {
		return this.connected.getUseClientMode();
	}

	@Override
	public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer destination) {
		throw new UnsupportedOperationException();
	}

	@Override
	public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] destinations, int offset, int length) {
		throw new UnsupportedOperationException();
	}

	@Override
	public @Nullable Runnable getDelegatedTask() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void closeInbound() {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean isInboundDone() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void closeOutbound() {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean isOutboundDone() {
		throw new UnsupportedOperationException();
	}

	@Override
	public String[] getSupportedCipherSuites() {
		throw new UnsupportedOperationException();
	}

	@Override
	public String[] getEnabledCipherSuites() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void setEnabledCipherSuites(String[] suites) {
		throw new UnsupportedOperationException();
	}

	@Override
	public String[] getSupportedProtocols() {
		throw new UnsupportedOperationException();
	}

	@Override
	public String[] getEnabledProtocols() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void setEnabledProtocols(String[] protocols) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void beginHandshake() {
		throw new UnsupportedOperationException();
	}

	@Override
	public SSLEngineResult.HandshakeStatus getHandshakeStatus() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void setUseClientMode(boolean mode) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void setNeedClientAuth(boolean need) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean getNeedClientAuth() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void setWantClientAuth(boolean want) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean getWantClientAuth() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void setEnableSessionCreation(boolean flag) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean getEnableSessionCreation() {
		throw new UnsupportedOperationException();
	}

}
