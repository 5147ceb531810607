package io.github.securegrpc.engine;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;

import io.github.securegrpc.material.RefusedException;

/**
 * Servers that the application builds itself, further ports included: TLS, limits,
 * identity and rules are those of {@code secure-grpc.server} and
 * {@code secure-grpc.authorization}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SecureServers {

	private static final String ANY = "*";

	private final Function<String, SecuredServer> servers;

	/* Builders with credentials that were secured, and not built yet. */
	private final AtomicInteger secured = new AtomicInteger();

	SecureServers(Function<String, SecuredServer> servers) {
		this.servers = servers;
	}

	/**
	 * Secures a server. Of the interceptors of a builder the last one added is the first
	 * one asked: call this after any other is added. A {@code fallbackHandlerRegistry} of
	 * the application's is set after this.
	 * @param builder a builder of grpc-netty or grpc-netty-shaded, made without
	 * credentials or with {@link #credentials()}
	 * @param address the address that it listens on: plaintext, if it is configured, may
	 * be for this machine only
	 * @throws io.github.securegrpc.material.RefusedException if there is no secure answer
	 */
	public void secure(ServerBuilder<?> builder, SocketAddress address) {
		SecuredServer server = this.servers.apply(words(address));
		server.begin(builder);
		try {
			server.secure(builder);
		}
		catch (IllegalStateException ex) {
			// made with credentials: with others than ours, no call is served
			server.limit(builder);
			this.secured.incrementAndGet();
		}
	}

	/**
	 * Returns credentials for a builder of grpc-java's, which refuses every later change
	 * of its security. They carry the TLS and what is decided when a connection begins;
	 * the builder is to be {@link #secure secured} besides: without, it builds no server.
	 * @return the credentials, for one server
	 * @throws io.github.securegrpc.material.RefusedException if there is no secure
	 * answer, or plaintext is for this machine only
	 */
	public ServerCredentials credentials() {
		return this.servers.apply(ANY).credentials(this::checkSecured);
	}

	private void checkSecured() {
		if (this.secured.getAndUpdate((left) -> Math.max(0, left - 1)) == 0) {
			throw new RefusedException(
					"a gRPC server is built with the credentials of SecureServers, but without its rules (expected: both)",
					"Call SecureServers.secure with the server's builder before build().");
		}
	}

	private static String words(SocketAddress address) {
		if (!(address instanceof InetSocketAddress inet)) {
			return "unix:" + address;
		}
		if (inet.isUnresolved()) {
			return inet.getHostString();
		}
		return inet.getAddress().isAnyLocalAddress() ? ANY : inet.getAddress().getHostAddress();
	}

}
