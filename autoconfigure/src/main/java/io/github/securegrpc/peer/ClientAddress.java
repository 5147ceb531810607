package io.github.securegrpc.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

import io.grpc.Context;
import org.jspecify.annotations.Nullable;

/**
 * Where a call came from: the address of the connection, or behind a proxy of
 * {@code secure-grpc.server.trusted-proxies} the address that this proxy names.
 *
 * @param address the address
 * @param forwarded whether a proxy has named it, and not the connection
 * @since 0.1.0
 */
public record ClientAddress(InetAddress address, boolean forwarded) {

	static final Context.Key<ClientAddress> KEY = Context.key("io.github.securegrpc.client-address");

	/**
	 * Returns the address of the call that gRPC's current {@link Context} belongs to.
	 * @return the address, or empty outside of a call and where the connection has none,
	 * as a Unix domain socket
	 */
	public static Optional<ClientAddress> current() {
		return Optional.ofNullable(KEY.get());
	}

	static @Nullable ClientAddress of(@Nullable SocketAddress connection) {
		return (connection instanceof InetSocketAddress inet && inet.getAddress() != null)
				? new ClientAddress(inet.getAddress(), false) : null;
	}

}
