package io.github.securegrpc.boot;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.grpc.CompressorRegistry;
import io.grpc.DecompressorRegistry;
import io.grpc.ServerBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.boot.util.LambdaSafe;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import org.springframework.util.unit.DataSize;

import io.github.securegrpc.engine.SecuredServer;
import io.github.securegrpc.material.RefusedException;

/**
 * What is set on the builder of a server: what Spring Boot sets, which keeps its own
 * customizer to itself, in the same order, and ours around it. A test compares the names
 * of its properties with those that are known here.
 *
 * @param address the address, as spring-grpc has it
 * @param server what was decided
 * @param properties Spring Boot's properties
 * @param beans of the application
 */
record ServerBuilderSettings(String address, SecuredServer server, GrpcServerProperties properties, Beans beans) {

	<T extends ServerBuilder<T>> List<ServerBuilderCustomizer<T>> customizers() {
		return List.of(this.server::begin, this::fromBeans, (builder) -> fromProperties(this.properties, builder),
				this::fromApplication, this::last);
	}

	private void fromBeans(ServerBuilder<?> builder) {
		PropertyMapper map = PropertyMapper.get();
		map.from(this.beans::compressors).to(builder::compressorRegistry);
		map.from(this.beans::decompressors).to(builder::decompressorRegistry);
		map.from(this.beans::executor).as(GrpcServerExecutorProvider::getExecutor).to(builder::executor);
	}

	static void fromProperties(GrpcServerProperties properties, ServerBuilder<?> builder) {
		PropertyMapper map = PropertyMapper.get();
		GrpcServerProperties.Inbound inbound = properties.getInbound();
		map.from(inbound.getMessage()::getMaxSize).asInt(DataSize::toBytes).to(builder::maxInboundMessageSize);
		map.from(inbound.getMetadata()::getMaxSize).asInt(DataSize::toBytes).to(builder::maxInboundMetadataSize);
		GrpcServerProperties.Keepalive keepalive = properties.getKeepalive();
		map.from(keepalive::getTime).to(duration(builder::keepAliveTime));
		map.from(keepalive::getTimeout).to(duration(builder::keepAliveTimeout));
		map.from(keepalive.getConnection()::getMaxIdleTime).to(duration(builder::maxConnectionIdle));
		map.from(keepalive.getConnection()::getMaxAge).to(duration(builder::maxConnectionAge));
		map.from(keepalive.getConnection()::getGracePeriod).to(duration(builder::maxConnectionAgeGrace));
		map.from(keepalive.getPermit()::getTime).to(duration(builder::permitKeepAliveTime));
		map.from(keepalive.getPermit()::isWithoutCalls).to(builder::permitKeepAliveWithoutCalls);
	}

	private static Consumer<Duration> duration(BiConsumer<Long, TimeUnit> setter) {
		return (duration) -> setter.accept(duration.toNanos(), TimeUnit.NANOSECONDS);
	}

	/* A customizer may be for another type of builder. */
	@SuppressWarnings("unchecked")
	private void fromApplication(ServerBuilder<?> builder) {
		LambdaSafe.callbacks(ServerBuilderCustomizer.class, this.beans.customizers(), builder)
			.withLogger(ServerBuilderSettings.class)
			.invoke((customizer) -> customize(customizer, builder));
	}

	/* The builder refuses it, as it has our credentials. */
	@SuppressWarnings("unchecked")
	private static void customize(@SuppressWarnings("rawtypes") ServerBuilderCustomizer customizer,
			ServerBuilder<?> builder) {
		try {
			customizer.customize(builder);
		}
		catch (IllegalStateException ex) {
			if (!String.valueOf(ex.getMessage()).contains("Cannot change security")) {
				throw ex;
			}
			throw new RefusedException(
					"the ServerBuilderCustomizer %s changes the transport security of the gRPC server (expected: secure-grpc.server.* decides)"
						.formatted(customizer.getClass().getName()),
					"Remove the call of sslContext or useTransportSecurity from it.", ex);
		}
	}

	/* spring-grpc asks for no credentials where it listens on a Unix domain socket. */
	private void last(ServerBuilder<?> builder) {
		if (ListenAddress.isUnix(this.address)) {
			this.server.secure(builder);
		}
		else {
			this.server.limit(builder);
		}
	}

	/**
	 * The application's beans that have a say in the builder.
	 *
	 * @param compressors compresses
	 * @param decompressors decompresses
	 * @param executor runs the calls
	 * @param customizers do what they like
	 */
	record Beans(@Nullable CompressorRegistry compressors, @Nullable DecompressorRegistry decompressors,
			@Nullable GrpcServerExecutorProvider executor, List<ServerBuilderCustomizer<?>> customizers) {

	}

}
