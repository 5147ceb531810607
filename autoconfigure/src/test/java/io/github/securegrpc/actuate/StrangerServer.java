package io.github.securegrpc.actuate;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.grpc.Server;

/**
 * A server at another port.
 */
final class StrangerServer extends Server {

	private final int port;

	StrangerServer(int port) {
		this.port = port;
	}

	@Override
	public List<InetSocketAddress> getListenSockets() {
		return List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
	}

	@Override
	public Server start() {
		return this;
	}

	@Override
	public Server shutdown() {
		return this;
	}

	@Override
	public Server shutdownNow() {
		return this;
	}

	@Override
	public boolean isShutdown() {
		return false;
	}

	@Override
	public boolean isTerminated() {
		return false;
	}

	@Override
	public boolean awaitTermination(long timeout, TimeUnit unit) {
		return true;
	}

	@Override
	public void awaitTermination() {
	}

}
