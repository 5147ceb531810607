package io.github.securegrpc.certs.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.certs.Depot;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an application with the starter takes the pairs that the command line
 * issues, and by its list refuses those that it revokes.
 */
class RevokedPeersTests {

	private final int port = TestSocketUtils.findAvailableTcpPort();

	private final Map<String, Object> properties = new TreeMap<>();

	private final Terminal terminal;

	private final Depot depot;

	RevokedPeersTests(@TempDir Path directory) {
		this.terminal = new Terminal(directory);
		this.depot = this.terminal.depot();
	}

	@BeforeEach
	void issue() {
		assertThat(this.terminal.inDepot("mutual")).isZero();
		assertThat(this.terminal.inDepot("issue", "other", "--client")).isZero();
		set("grpc.server.port", this.port);
		set("grpc.client.self.address", "static://localhost:" + this.port);
		set("secure-grpc.reload.interval", "100ms");
		for (String side : new String[] { "server", "client" }) {
			set("secure-grpc.%s.cert".formatted(side), this.depot.certificate(side));
			set("secure-grpc.%s.key".formatted(side), this.depot.key(side));
			set("secure-grpc.%s.ca".formatted(side), this.depot.certificate("CA"));
		}
	}

	@Test
	@SuppressWarnings("try")
	void revokedClientIsRefusedAndTheOtherIsNot() {
		set("secure-grpc.server.crl", this.depot.revocations("CA"));
		assertThat(this.terminal.inDepot("revoke", "client")).isZero();
		try (ConfigurableApplicationContext context = start()) {
			assertThat(callAs("client")).isEqualTo(Status.Code.UNAVAILABLE);
			assertThat(callAs("other")).isEqualTo(Status.Code.OK);
		}
	}

	@Test
	@SuppressWarnings("try")
	void clientIsRefusedFromTheMomentItIsRevoked() {
		set("secure-grpc.server.crl", this.depot.revocations("CA"));
		try (ConfigurableApplicationContext context = start()) {
			assertThat(callAs("client")).isEqualTo(Status.Code.OK);
			assertThat(this.terminal.inDepot("revoke", "client", "--reason", "key_compromise")).isZero();
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(callAs("client")).isEqualTo(Status.Code.UNAVAILABLE));
			assertThat(callAs("other")).isEqualTo(Status.Code.OK);
		}
	}

	@Test
	void revokedServerIsRefused() {
		set("secure-grpc.client.crl", this.depot.revocations("CA"));
		this.terminal.inDepot("revoke", "other");
		try (ConfigurableApplicationContext context = start()) {
			assertThat(callItself(context).getCode()).isEqualTo(Status.Code.OK);
		}
		this.terminal.inDepot("revoke", "server");
		try (ConfigurableApplicationContext context = start()) {
			Status status = callItself(context);
			assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
			assertThat(status.getDescription()).contains("revoked");
		}
	}

	private Status.Code callAs(String name) {
		ManagedChannel channel = channel(name);
		try {
			return call(channel).getCode();
		}
		finally {
			channel.shutdownNow();
		}
	}

	private ManagedChannel channel(String name) {
		try {
			return Grpc
				.newChannelBuilderForAddress("localhost", this.port,
						TlsChannelCredentials.newBuilder()
							.trustManager(this.depot.certificate("CA").toFile())
							.keyManager(this.depot.certificate(name).toFile(), this.depot.key(name).toFile())
							.build())
				.build();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Status callItself(ConfigurableApplicationContext context) {
		return call(context.getBean(GrpcChannelFactory.class).createChannel("self"));
	}

	private static Status call(Channel channel) {
		try {
			HealthGrpc.newBlockingStub(channel)
				.withDeadlineAfter(Duration.ofSeconds(20))
				.check(HealthCheckRequest.getDefaultInstance());
			return Status.OK;
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus();
		}
	}

	private void set(String property, Object value) {
		this.properties.put(property, value.toString());
	}

	private ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(TestApplication.class).properties(this.properties).run();
	}

	@EnableAutoConfiguration
	@Configuration(proxyBeanMethods = false)
	static class TestApplication {

	}

}
