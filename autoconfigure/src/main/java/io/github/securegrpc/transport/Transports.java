package io.github.securegrpc.transport;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsProvider;
import io.github.securegrpc.rotation.RotatingMaterial;

/**
 * The transports of the Netty flavours on the class path. A builder that none of them
 * takes is refused: it cannot be made secure. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Transports {

	private final List<Transport> transports;

	/**
	 * Creates a choice of transports.
	 * @param transports the transports, preferred first
	 */
	public Transports(List<Transport> transports) {
		this.transports = List.copyOf(transports);
	}

	/**
	 * Prepares a server on the preferred flavour.
	 * @param server how it is to be secured
	 */
	public void prepare(ServerTransport server) {
		this.transports.stream().findFirst().ifPresent((transport) -> transport.prepare(server));
	}

	/**
	 * Prepares a channel on the preferred flavour.
	 * @param channel how it is to be secured
	 */
	public void prepare(ChannelTransport channel) {
		this.transports.stream().findFirst().ifPresent((transport) -> transport.prepare(channel));
	}

	/**
	 * Returns the credentials of a server, for a builder of the preferred flavour.
	 * @param server how it is to be secured
	 * @param build run when a server is built with them, which ends with what this throws
	 * @return the credentials
	 */
	public SecuredCredentials<ServerCredentials> credentials(ServerTransport server, Runnable build) {
		return preferred().credentials(server, build);
	}

	/**
	 * Returns the credentials of a channel, for a builder of the preferred flavour.
	 * @param channel how it is to be secured
	 * @return the credentials
	 */
	public SecuredCredentials<ChannelCredentials> credentials(ChannelTransport channel) {
		return preferred().credentials(channel);
	}

	/**
	 * Limits what one connection of a server may do.
	 * @param builder the engine's builder
	 * @param limits the limits
	 */
	public void limit(ServerBuilder<?> builder, ConnectionLimits limits) {
		of(builder).limit(builder, limits);
	}

	/**
	 * Secures a server whose builder was made without credentials, limits included.
	 * @param builder the engine's builder
	 * @param server how it is to be secured
	 * @return completed once a server that was built so accepts a connection
	 */
	public CompletableFuture<Void> secure(ServerBuilder<?> builder, ServerTransport server) {
		return of(builder).secure(builder, server);
	}

	/**
	 * Secures a channel whose builder was made without credentials.
	 * @param builder the engine's builder
	 * @param channel how it is to be secured
	 * @return completed once a channel is built so
	 */
	public CompletableFuture<Void> secure(ManagedChannelBuilder<?> builder, ChannelTransport channel) {
		return this.transports.stream()
			.filter((transport) -> transport.supports(builder))
			.findFirst()
			.orElseThrow(() -> unknown(builder.getClass().getName()))
			.secure(builder, channel);
	}

	/**
	 * Returns who implements the TLS that some material is in force for.
	 * @param material the material
	 * @return the provider, or {@code null} if the material is not in use yet
	 */
	public @Nullable TlsProvider provider(RotatingMaterial material) {
		return this.transports.stream()
			.map((transport) -> transport.provider(material))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private Transport preferred() {
		return this.transports.stream()
			.findFirst()
			.orElseThrow(() -> unknown("gRPC without grpc-netty on the class path"));
	}

	private Transport of(ServerBuilder<?> builder) {
		return this.transports.stream()
			.filter((transport) -> transport.supports(builder))
			.findFirst()
			.orElseThrow(() -> unknown(builder.getClass().getName()));
	}

	private static RefusedException unknown(String what) {
		return new RefusedException(
				"%s cannot be secured (expected: a builder of grpc-netty or grpc-netty-shaded)".formatted(what),
				"Add grpc-netty-shaded or grpc-netty.");
	}

}
