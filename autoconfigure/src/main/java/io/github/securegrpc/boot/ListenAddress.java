package io.github.securegrpc.boot;

import java.net.Inet6Address;
import java.net.InetAddress;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties.Netty.Transport;

import io.github.securegrpc.material.RefusedException;

/**
 * Where Spring Boot's server listens, from its properties. What is judged is what is
 * bound: no name is looked up on the way.
 *
 * @param host the address, {@code *} for all, or {@code unix:} and a path
 * @param port the port, or {@code null} with a path
 */
record ListenAddress(String host, @Nullable Integer port) {

	private static final String PATH = "spring.grpc.server.netty.domain-socket-path";

	private static final String UNIX = "unix:";

	private static final int DEFAULT_PORT = 9090;

	private static final int MAX_PORT = 65535;

	static ListenAddress of(GrpcServerProperties properties) {
		String path = properties.getNetty().getDomainSocketPath();
		if (transport(properties) == Transport.TCP) {
			return new ListenAddress(host(properties.getAddress()), port(properties.getPort()));
		}
		if (path == null || path.isBlank()) {
			throw new InvalidConfigurationPropertyValueException(PATH, path,
					"A path is required when spring.grpc.server.netty.transport is set to 'domain-socket'");
		}
		return new ListenAddress(UNIX + path, null);
	}

	private static Transport transport(GrpcServerProperties properties) {
		Transport transport = properties.getNetty().getTransport();
		if (transport != null) {
			return transport;
		}
		String path = properties.getNetty().getDomainSocketPath();
		MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn((entries) -> {
			entries.put("spring.grpc.server.address", properties.getAddress());
			entries.put(PATH, path);
		});
		MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn((entries) -> {
			entries.put("spring.grpc.server.port", properties.getPort());
			entries.put(PATH, path);
		});
		return (path != null) ? Transport.DOMAIN_SOCKET : Transport.TCP;
	}

	/*
	 * spring-grpc takes no other for a port, and listens at 9090 on all addresses then.
	 */
	private static int port(@Nullable Integer port) {
		if (port != null && (port < 0 || port > MAX_PORT)) {
			throw new RefusedException("spring.grpc.server.port is %d (expected: 0 to %d)".formatted(port, MAX_PORT),
					"Set it to a port, 0 for any that is free. spring.grpc.server.enabled=false is an application without a server.");
		}
		return (port != null) ? port : DEFAULT_PORT;
	}

	private static String host(@Nullable InetAddress address) {
		if (address == null) {
			return "*";
		}
		return (address instanceof Inet6Address) ? "[%s]".formatted(address.getHostAddress())
				: address.getHostAddress();
	}

	static boolean isUnix(String address) {
		return address.startsWith(UNIX);
	}

	/* As spring-grpc has it. */
	@Override
	public String toString() {
		return (this.port != null) ? this.host + ":" + this.port : this.host;
	}

}
