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

	/* Credentials whose builder is not secured yet. */
	private final AtomicInteger issued = new AtomicInteger();

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
	 * @throws RefusedException if there is no secure answer, or the builder was made with
	 * credentials of others
	 */
	public void secure(ServerBuilder<?> builder, SocketAddress address) {
		SecuredServer server = this.servers.apply(words(address));
		server.prepare();
		server.begin(builder);
		try {
			server.secure(builder);
		}
		catch (IllegalStateException ex) {
			if (!take(this.issued)) {
				throw new RefusedException(
						"the builder of a gRPC server was made with credentials of others (expected: none, or those of SecureServers)",
						"Make the builder without credentials, or with SecureServers.credentials().", ex);
			}
			// if it has others all the same, no call is served
			server.limit(builder);
			this.secured.incrementAndGet();
		}
	}

	/**
	 * Returns credentials for a builder of grpc-java's, which refuses every later change
	 * of its security. They carry the TLS and what is decided when a connection begins;
	 * the builder is to be {@link #secure secured} besides: without, it builds no server.
	 * @return the credentials, for one server
	 * @throws RefusedException if there is no secure answer, or plaintext is for this
	 * machine only
	 */
	public ServerCredentials credentials() {
		ServerCredentials credentials = this.servers.apply(ANY).credentials(this::checkSecured);
		this.issued.incrementAndGet();
		return credentials;
	}

	private void checkSecured() {
		if (!take(this.secured)) {
			throw new RefusedException(
					"a gRPC server is built with the credentials of SecureServers, but without its rules (expected: both)",
					"Call SecureServers.secure with the server's builder before build().");
		}
	}

	private static boolean take(AtomicInteger left) {
		return left.getAndUpdate((count) -> Math.max(0, count - 1)) > 0;
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
