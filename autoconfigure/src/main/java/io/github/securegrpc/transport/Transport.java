package io.github.securegrpc.transport;

import java.util.concurrent.CompletableFuture;

import io.grpc.ManagedChannelBuilder;
import io.grpc.ServerBuilder;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.TlsProvider;
import io.github.securegrpc.rotation.RotatingMaterial;

/**
 * Makes builders of one Netty flavour secure. Thread-safe.
 *
 * @since 0.1.0
 */
public interface Transport {

	/**
	 * Returns whether a server builder is of this flavour.
	 * @param builder the builder
	 * @return {@code true} if {@link #secure(ServerBuilder, ServerTransport)} takes it
	 */
	boolean supports(ServerBuilder<?> builder);

	/**
	 * Returns whether a channel builder is of this flavour.
	 * @param builder the builder
	 * @return {@code true} if {@link #secure(ManagedChannelBuilder, ChannelTransport)}
	 * takes it
	 */
	boolean supports(ManagedChannelBuilder<?> builder);

	/**
	 * Builds the context of a server and tries it in a handshake in memory, so that what
	 * cannot work is refused before a port opens, and the first client meets a warm
	 * engine.
	 * @param server how the server is to be secured
	 * @throws io.github.securegrpc.material.RefusedException if it cannot work
	 */
	void prepare(ServerTransport server);

	/**
	 * Builds the context of a channel and tries its identity in a handshake in memory.
	 * @param channel how the channel is to be secured
	 * @throws io.github.securegrpc.material.RefusedException if it cannot work
	 */
	void prepare(ChannelTransport channel);

	/**
	 * Secures a server.
	 * @param builder a builder of this flavour
	 * @param server how it is to be secured
	 * @return completed once a server that was built so accepts a connection; never, if
	 * somebody changed how the builder makes connections after this
	 */
	CompletableFuture<Void> secure(ServerBuilder<?> builder, ServerTransport server);

	/**
	 * Secures a channel.
	 * @param builder a builder of this flavour
	 * @param channel how it is to be secured
	 * @return completed once a channel is built so; never, if somebody changed how the
	 * builder makes connections after this
	 */
	CompletableFuture<Void> secure(ManagedChannelBuilder<?> builder, ChannelTransport channel);

	/**
	 * Returns who implements the TLS that some material is in force for.
	 * @param material the material
	 * @return the provider, or {@code null} if this flavour does not use the material
	 */
	@Nullable TlsProvider provider(RotatingMaterial material);

}
