package io.github.securegrpc.engine;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import org.jspecify.annotations.Nullable;

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

	/* Where a builder is only asked which credentials it has. */
	private static final ThreadLocal<@Nullable AtomicReference<Issued>> ASKED = new ThreadLocal<>();

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
			Issued issued = ask(builder);
			if (issued == null) {
				throw new RefusedException(
						"the builder of a gRPC server was made with credentials of others (expected: none, or those of SecureServers)",
						"Make the builder without credentials, or with SecureServers.credentials().", ex);
			}
			server.limit(builder);
			issued.secured();
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
		return this.servers.apply(ANY).credentials(new Issued()::built);
	}

	/* A server that is built holds nothing as long as it is not started. */
	private static @Nullable Issued ask(ServerBuilder<?> builder) {
		AtomicReference<Issued> asked = new AtomicReference<>();
		ASKED.set(asked);
		try {
			builder.build().shutdownNow();
			return asked.get();
		}
		finally {
			ASKED.remove();
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

	/** Credentials that were handed out. */
	private static final class Issued {

		/* How many builders with them were secured, and not built yet. */
		private final AtomicInteger secured = new AtomicInteger();

		void secured() {
			this.secured.incrementAndGet();
		}

		void built() {
			AtomicReference<Issued> asked = ASKED.get();
			if (asked != null) {
				asked.set(this);
			}
			else if (this.secured.getAndUpdate((count) -> Math.max(0, count - 1)) == 0) {
				throw new RefusedException(
						"a gRPC server is built with the credentials of SecureServers, but without its rules (expected: both)",
						"Call SecureServers.secure with the server's builder before build(), and ask for credentials for each builder.");
			}
		}

	}

}
