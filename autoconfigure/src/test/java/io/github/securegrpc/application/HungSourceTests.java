package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.TestDer;
import io.github.securegrpc.actuate.GrpcCertificatesEndpoint;
import io.github.securegrpc.actuate.ReloadOutcome;
import io.github.securegrpc.material.FallbackMaterial;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsMaterialSource;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.rotation.SlowSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running application, one of whose sources hangs: the server's certificate rotates
 * under real handshakes, and whoever looks is told.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(120)
class HungSourceTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final SlowSource CLIENT = new SlowSource(clients());

	@TempDir
	private Path directory = Path.of("");

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void serverRotatesWhileTheClientsSourceHangs(String provider, CapturedOutput output) throws Exception {
		Application application = application().set("secure-grpc.provider", provider);
		long stopped;
		try (ConfigurableApplicationContext context = application.start()) {
			assertThat(TestApplication.call(context, "it")).isNotNull();
			CLIENT.hang();
			Awaitility.await().until(() -> health(context, "client").getDetails().containsKey("look"));
			TlsProbe probe = new TlsProbe(TestCertificates.client(CA));
			for (int i = 0; i < 3; i++) {
				X509Bundle renewed = TestCertificates.server(CA);
				application.identity("secure-grpc.server", renewed);
				Awaitility.await()
					.atMost(Duration.ofSeconds(4))
					.until(() -> probe.connect(application.port()).equals(renewed.getCertificate()));
			}
			Health hung = health(context, "client");
			assertThat(hung.getStatus()).as("what is in force is valid").isEqualTo(Status.UP);
			assertThat(hung.getDetails().get("look")).asString().contains("has not answered since");
			assertThat(health(context, "server").getDetails()).doesNotContainKey("look");
			assertThat(overdue(context, "client")).isPositive();
			assertThat(overdue(context, "server")).isZero();
			long start = System.nanoTime();
			Map<String, ReloadOutcome> outcomes = context.getBean(GrpcCertificatesEndpoint.class).reload();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
			assertThat(Objects.requireNonNull(outcomes.get("server")).outcome()).isEqualTo("UNCHANGED");
			ReloadOutcome refused = Objects.requireNonNull(outcomes.get("client"));
			assertThat(refused.outcome()).isEqualTo("REFUSED");
			assertThat(refused.reason()).contains("has not ended; it reads /mnt/nfs/tls.crt");
			assertThat(output).containsOnlyOnce("Looking for a replacement of client: the look has taken");
			CLIENT.comeBackWith(clients());
			Awaitility.await().until(() -> !health(context, "client").getDetails().containsKey("look"));
			assertThat(health(context, "client").getDetails()).containsEntry("generation", 2);
			assertThat(overdue(context, "client")).isZero();
			assertThat(TestApplication.call(context, "it")).isNotNull();
			CLIENT.hang();
			Awaitility.await().until(() -> health(context, "client").getDetails().containsKey("look"));
			stopped = System.nanoTime();
		}
		finally {
			CLIENT.comeBackWith(clients());
		}
		assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void costlyKeyIsRefusedAndTheOthersRotate() throws Exception {
		X509Bundle own = TestCertificates.client(CA);
		Application application = application().identity("secure-grpc.client", own)
			.set("secure-grpc.client.key-password", "password");
		try (ConfigurableApplicationContext context = application.start()) {
			application.file("secure-grpc.client.key",
					TestCertificates.block("ENCRYPTED PRIVATE KEY", costly(Integer.MAX_VALUE)));
			RotatingMaterials materials = context.getBean(RotatingMaterials.class);
			Awaitility.await().until(() -> health(context, "client").getDetails().containsKey("lastRefusal"));
			assertThat(health(context, "client").getDetails().get("lastRefusal")).asString()
				.contains("asks for 2147483647 iterations");
			X509Bundle renewed = TestCertificates.server(CA);
			application.identity("secure-grpc.server", renewed);
			TlsProbe probe = new TlsProbe(own);
			Awaitility.await().until(() -> probe.connect(application.port()).equals(renewed.getCertificate()));
			application.identity("secure-grpc.client", TestCertificates.client(CA));
			Awaitility.await()
				.until(() -> materials.all().stream().allMatch((material) -> material.lastRefusal() == null));
		}
	}

	private Application application() {
		return new Application(this.directory).with(Clients.class)
			.channel("it")
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.set("secure-grpc.reload.enabled", true)
			.set("secure-grpc.reload.interval", "1s")
			.set("management.endpoints.web.exposure.include", "grpccertificates")
			.set("management.endpoints.jmx.exposure.include", "grpccertificates")
			.set("spring.jmx.enabled", true);
	}

	/* PBES2 with PBKDF2 and AES-256: what is encrypted is rubbish. */
	private static byte[] costly(int iterations) {
		byte[] derivation = TestDer.sequence(TestDer.oid("2a864886f70d01050c"), TestDer.sequence(TestDer.octets(8),
				TestDer.integer(iterations), TestDer.sequence(TestDer.oid("2a864886f70d0209"), TestDer.value(0x05))));
		byte[] cipher = TestDer.sequence(TestDer.oid("60864801650304012a"), TestDer.octets(16));
		return TestDer.sequence(
				TestDer.sequence(TestDer.oid("2a864886f70d01050d"), TestDer.sequence(derivation, cipher)),
				TestDer.octets(64));
	}

	private static Health health(ConfigurableApplicationContext context, String material) {
		CompositeHealthContributor contributor = context.getBean("grpcCertificatesHealthContributor",
				CompositeHealthContributor.class);
		HealthIndicator indicator = (HealthIndicator) Objects.requireNonNull(contributor.getContributor(material));
		return Objects.requireNonNull(indicator.health());
	}

	private static double overdue(ConfigurableApplicationContext context, String material) {
		return context.getBean(MeterRegistry.class)
			.get("secure.grpc.look.overdue")
			.tag("material", material)
			.gauge()
			.value();
	}

	private static TlsMaterial clients() {
		X509Bundle leaf = TestCertificates.client(CA);
		return new TlsMaterial(new Identity(leaf.getKeyPair().getPrivate(), List.of(leaf.getCertificate())),
				new TrustAnchors(List.of(CA.getCertificate())));
	}

	/** Supplies what the configuration leaves out. */
	@Configuration(proxyBeanMethods = false)
	static class Clients {

		@Bean
		MeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

		@Bean
		FallbackMaterial fallback() {
			return new FallbackMaterial() {

				@Override
				public TlsMaterialSource server() {
					return CLIENT;
				}

				@Override
				public TlsMaterialSource client() {
					return CLIENT;
				}

			};
		}

	}

}
