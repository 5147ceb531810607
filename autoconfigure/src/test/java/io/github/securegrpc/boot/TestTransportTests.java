package io.github.securegrpc.boot;

import io.grpc.ManagedChannel;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.grpc.test.autoconfigure.AutoConfigureTestGrpcTransport;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.TestApplication;
import io.github.securegrpc.application.WhoCalls;
import io.github.securegrpc.server.ListeningServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Boot's transport for tests beside settings that stay in the application's YAML.
 */
class TestTransportTests {

	private static final String ENGINE = "secure-grpc.engine=boot";

	/** The files are where the application runs. */
	@Nested
	@SpringBootTest(classes = { TestApplication.class, WhoCalls.class }, properties = { ENGINE,
			"secure-grpc.server.cert=/etc/tls/tls.crt", "secure-grpc.server.key=/etc/tls/tls.key",
			"secure-grpc.server.ca=/etc/tls/ca.crt", "secure-grpc.client.channels.ledger.ca=/etc/tls/ca.crt",
			"spring.grpc.client.channel.ledger.target=static://ledger:443",
			"secure-grpc.authorization.rules[0].methods=*", "secure-grpc.authorization.rules[0].allow=dns:nobody" })
	@AutoConfigureTestGrpcTransport
	class WithinTheProcess {

		@Test
		void callsAreMadeWithoutConnections(@Autowired GrpcChannelFactory channels,
				@Autowired ListeningServer listening) {
			ManagedChannel channel = channels.createChannel("ledger");
			assertThat(WhoCalls.ask(channel, "Dns")).isEqualTo("nobody");
			assertThat(listening.localAddress()).isNull();
		}

	}

	/** As the application itself. */
	@Nested
	@SpringBootTest(classes = { TestApplication.class, WhoCalls.class }, properties = ENGINE)
	class OverTls {

		private static final X509Bundle CA = TestCertificates.authority("ca");

		@DynamicPropertySource
		static void settings(DynamicPropertyRegistry registry) {
			int port = TestSocketUtils.findAvailableTcpPort();
			registry.add("spring.grpc.server.port", () -> port);
			registry.add("spring.grpc.server.address", () -> "127.0.0.1");
			registry.add("spring.grpc.client.channel.ledger.target", () -> "static://localhost:" + port);
			identity(registry, "secure-grpc.server", TestCertificates.server(CA));
			identity(registry, "secure-grpc.client", TestCertificates.client(CA));
			registry.add("secure-grpc.ca", () -> TestCertificates.pem(CA.getCertificate()));
		}

		private static void identity(DynamicPropertyRegistry registry, String prefix, X509Bundle identity) {
			registry.add(prefix + ".cert", () -> TestCertificates.pem(identity.getCertificatePath()));
			registry.add(prefix + ".key", () -> TestCertificates.pem(identity.getKeyPair().getPrivate()));
		}

		@Test
		void callsAreMutual(@Autowired GrpcChannelFactory channels, @Autowired ListeningServer listening,
				@Value("${local.grpc.server.port}") int port) {
			assertThat(WhoCalls.ask(channels.createChannel("ledger"), "Dns")).isEqualTo("dns:client");
			assertThat(listening.localAddress()).isNotNull().extracting("port").isEqualTo(port);
		}

	}

}
