package io.github.securegrpc.transport;

import java.util.concurrent.CompletableFuture;

import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
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
	 * Returns the credentials of a server, for a builder of this flavour.
	 * @param server how it is to be secured; what one connection may do is set with
	 * {@link #limit}
	 * @param build run when a server is built with them, which ends with what this throws
	 * @return the credentials
	 */
	SecuredCredentials<ServerCredentials> credentials(ServerTransport server, Runnable build);

	/**
	 * Returns the credentials of a channel, for a builder of this flavour. The name that
	 * is verified instead of the dialled authority is set with {@code overrideAuthority}.
	 * @param channel how it is to be secured
	 * @return the credentials
	 */
	SecuredCredentials<ChannelCredentials> credentials(ChannelTransport channel);

	/**
	 * Limits what one connection of a server may do.
	 * @param builder a builder of this flavour
	 * @param limits the limits
	 */
	void limit(ServerBuilder<?> builder, ConnectionLimits limits);

	/**
	 * Secures a server whose builder was made without credentials, limits included.
	 * @param builder a builder of this flavour
	 * @param server how it is to be secured
	 * @return completed once a server that was built so accepts a connection; never, if
	 * somebody changed how the builder makes connections after this
	 */
	CompletableFuture<Void> secure(ServerBuilder<?> builder, ServerTransport server);

	/**
	 * Secures a channel whose builder was made without credentials.
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
