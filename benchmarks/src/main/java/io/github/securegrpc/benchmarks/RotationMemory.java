package io.github.securegrpc.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.health.v1.HealthGrpc.HealthBlockingStub;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.Assert;

import io.github.securegrpc.rotation.RotatingMaterials;

/**
 * The process's resident memory over a thousand rotations of both ends, with calls on
 * each generation. Run it with a heap of fixed size that is touched at the start
 * ({@code -Xms256m -Xmx256m -XX:+UseSerialGC -XX:+AlwaysPreTouch}), so that what grows is
 * native.
 */
public final class RotationMemory {

	private static final int ROTATIONS = 1_000;

	private static final int CALLS = 200;

	private RotationMemory() {
	}

	/**
	 * Measures and prints.
	 * @param args the provider: openssl or jdk
	 * @throws Exception if anything fails
	 */
	public static void main(String[] args) throws Exception {
		BenchmarkPki pki = new BenchmarkPki(Files.createTempDirectory("rotation-memory"), Algorithm.ecp256);
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties(pki.properties(50_061))
			.properties("secure-grpc.reload.enabled=false", "secure-grpc.provider=" + args[0])
			.run()) {
			RotatingMaterials materials = context.getBean(RotatingMaterials.class);
			HealthBlockingStub stub = HealthGrpc
				.newBlockingStub(context.getBean(GrpcChannelFactory.class).createChannel("it"));
			long after50 = 0;
			for (int i = 1; i <= ROTATIONS; i++) {
				pki.issueServer();
				pki.issueClient();
				materials.tick();
				for (int call = 0; call < CALLS; call++) {
					stub.check(HealthCheckRequest.getDefaultInstance());
				}
				if (i == 50 || i % 250 == 0) {
					long resident = residentKib();
					after50 = (i == 50) ? resident : after50;
					System.out.printf("%s: %5d rotations, resident %,d KiB, %+.1f MiB since 50%n", args[0], i, resident,
							(resident - after50) / 1024.0);
				}
			}
			materials.all()
				.forEach((material) -> Assert.state(material.current().number() == ROTATIONS + 1, "not rotated"));
		}
	}

	private static long residentKib() throws IOException {
		return Files.readAllLines(Path.of("/proc/self/status"))
			.stream()
			.filter((line) -> line.startsWith("VmRSS:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
			.sum();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
