package io.github.securegrpc.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.peer.PeerIdentity;

/**
 * An application among peers: it builds its server itself and learns at run time whom to
 * call.
 */
final class Node implements AutoCloseable {

	static final MethodDescriptor<String, String> WHO = MethodDescriptor.newBuilder(new Text(), new Text())
		.setType(MethodDescriptor.MethodType.UNARY)
		.setFullMethodName("test.Node/Who")
		.build();

	private final Map<String, Object> properties = new LinkedHashMap<>(
			Map.of("secure-grpc.engine", "devh", "grpc.server.port", -1, "secure-grpc.reload.enabled", false,
					"spring.main.banner-mode", "off", "logging.level.root", "warn"));

	private final Path directory;

	private @Nullable ConfigurableApplicationContext context;

	private @Nullable Server server;

	Node(Path directory) {
		this.directory = directory;
	}

	Node set(String name, Object value) {
		this.properties.put(name, String.valueOf(value));
		return this;
	}

	Node identity(String prefix, X509Bundle identity) {
		write(prefix + ".crt", TestCertificates.pem(identity.getCertificatePath()));
		write(prefix + ".key", TestCertificates.pem(identity.getKeyPair().getPrivate()));
		return set(prefix + ".cert", this.directory.resolve(prefix + ".crt")).set(prefix + ".key",
				this.directory.resolve(prefix + ".key"));
	}

	Node ca(String prefix, X509Bundle anchor) {
		return set(prefix + ".ca", write(prefix + "-ca.crt", TestCertificates.pem(anchor.getCertificate())));
	}

	private Path write(String name, String content) {
		return TestCertificates.write(this.directory.resolve(name), content);
	}

	Node start(Class<?>... more) {
		this.context = new SpringApplicationBuilder(Peers.class).sources(more)
			.web(WebApplicationType.NONE)
			.properties(this.properties)
			.run();
		return this;
	}

	<T> T bean(Class<T> type) {
		return Objects.requireNonNull(this.context).getBean(type);
	}

	SecureChannels channels() {
		return bean(SecureChannels.class);
	}

	/* Its server, on a free port. */
	Node serve() throws IOException {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
		return serve(NettyServerBuilder.forAddress(address), address);
	}

	Node serve(ServerBuilder<?> builder, InetSocketAddress address) throws IOException {
		bean(SecureServers.class).secure(builder, address);
		return serve(builder);
	}

	Node serve(ServerBuilder<?> builder) throws IOException {
		this.server = builder.addService(ServerServiceDefinition.builder("test.Node")
			.addMethod(WHO, ServerCalls.asyncUnaryCall((request, response) -> {
				response.onNext(PeerIdentity.current().map(PeerIdentity::name).orElse("nobody"));
				response.onCompleted();
			}))
			.build()).build().start();
		return this;
	}

	String target() {
		return "localhost:" + Objects.requireNonNull(this.server).getPort();
	}

	/* Whom the other end takes us for. */
	static String ask(Channel channel) {
		return ClientCalls.blockingUnaryCall(channel, WHO,
				CallOptions.DEFAULT.withDeadlineAfter(Duration.ofSeconds(20)), "");
	}

	@Override
	public void close() {
		if (this.server != null) {
			this.server.shutdownNow();
			try {
				this.server.awaitTermination(10, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		if (this.context != null) {
			this.context.close();
		}
	}

	/** As a peer-to-peer application has it. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Peers {

		@Bean
		Doors doors(SecureChannels channels, SecureServers servers) {
			return new Doors(channels, servers);
		}

	}

	record Doors(SecureChannels channels, SecureServers servers) {

	}

	private static final class Text implements MethodDescriptor.Marshaller<String> {

		@Override
		public InputStream stream(String value) {
			return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public String parse(InputStream stream) {
			try {
				return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
