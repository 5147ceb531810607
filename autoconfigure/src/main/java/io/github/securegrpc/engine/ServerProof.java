package io.github.securegrpc.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.grpc.Server;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.text.PrintableLog;
import io.github.securegrpc.transport.OwnConnections;

/**
 * Whether a server that an engine started is one that we secured. A builder can be
 * secured and then changed, or another one used: what listens is asked with a connection,
 * which what we put into the builder must meet. Thread-safe.
 */
final class ServerProof {

	private static final PrintableLog logger = PrintableLog.of(ServerProof.class);

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final OwnConnections own;

	private final Deque<CompletableFuture<Void>> secured = new ConcurrentLinkedDeque<>();

	/**
	 * Creates a proof.
	 * @param own is told of the connections that are made to ask
	 */
	ServerProof(OwnConnections own) {
		this.own = own;
	}

	/**
	 * A builder was secured.
	 * @param met completed when a server that was built so accepts a connection
	 */
	void secured(CompletableFuture<Void> met) {
		this.secured.add(met);
	}

	/**
	 * Returns whether a factory has its builders secured.
	 * @param factory makes a server, which is not started
	 * @return whether a builder was secured on the way
	 */
	boolean isAskedBy(Runnable factory) {
		int before = this.secured.size();
		factory.run();
		// kept: the factory may hand out the same server when it is to start
		return this.secured.size() > before;
	}

	/**
	 * Returns whether a server that has started was built from a builder that was secured
	 * and not changed after. One that cannot be reached from here is not accused: what
	 * was built with our interceptors refuses its calls one by one.
	 * @param server the server
	 * @return whether it is ours
	 */
	boolean isOurs(Server server) {
		// all its addresses are served alike: the first that answers tells
		for (SocketAddress address : server.getListenSockets()) {
			try {
				return isMetAt(address);
			}
			catch (ClosedByInterruptException ex) {
				throw interrupted(ex);
			}
			catch (IOException ex) {
				logger.warn("The gRPC server cannot be asked at %s whether it is secured: %s".formatted(address,
						ex.getMessage()));
			}
		}
		return true;
	}

	private boolean isMetAt(SocketAddress address) throws IOException {
		CompletableFuture<?>[] expected = this.secured.toArray(CompletableFuture<?>[]::new);
		SocketChannel connection = connect(address);
		try {
			CompletableFuture.anyOf(expected).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
			return this.secured.removeIf(CompletableFuture::isDone);
		}
		catch (ExecutionException | TimeoutException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
		finally {
			connection.close();
		}
	}

	private static RefusedException interrupted(Exception cause) {
		Thread.currentThread().interrupt();
		return new RefusedException("the start was interrupted before the gRPC server was found to be secured",
				"Start the application again.", cause);
	}

	private SocketChannel connect(SocketAddress address) throws IOException {
		if (!(address instanceof InetSocketAddress inet)) {
			// Netty's own type, in two flavours; our end has no name
			return connect(UnixDomainSocketAddress.of(""),
					() -> SocketChannel.open(UnixDomainSocketAddress.of(address.toString())));
		}
		InetAddress host = inet.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : inet.getAddress();
		SocketChannel connection = SocketChannel.open();
		try {
			connection.bind(new InetSocketAddress(host, 0));
			return connect(connection.getLocalAddress(), () -> {
				connection.socket()
					.connect(new InetSocketAddress(host, inet.getPort()), Math.toIntExact(PATIENCE.toMillis()));
				return connection;
			});
		}
		catch (IOException ex) {
			connection.close();
			throw ex;
		}
	}

	private SocketChannel connect(SocketAddress from, Connect connect) throws IOException {
		this.own.announce(from);
		try {
			return connect.run();
		}
		catch (IOException ex) {
			this.own.withdraw(from);
			throw ex;
		}
	}

	/** Connects to the server. */
	@FunctionalInterface
	private interface Connect {

		SocketChannel run() throws IOException;

	}

}
