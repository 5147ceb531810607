package io.github.securegrpc.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.Assert;

import io.github.securegrpc.rotation.Generation;
import io.github.securegrpc.rotation.GenerationListener;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.rotation.RotatingMaterials;

/**
 * How long a reload takes, from reading the files to the generation in force, and how
 * long its last moment is, in which a new handshake could wait. One side at a time, an
 * idle process, after a warm-up.
 */
public final class ReloadTime {

	private static final int WARM_UP = 30;

	private static final int ROUNDS = 60;

	private ReloadTime() {
	}

	/**
	 * Measures and prints.
	 * @param args none
	 * @throws Exception if anything fails
	 */
	public static void main(String[] args) throws Exception {
		System.out.printf("%-10s %-8s %-7s %30s %30s%n", "key", "provider", "side", "reload ms median [min..max]",
				"take ms median [min..max]");
		for (Algorithm algorithm : new Algorithm[] { Algorithm.ecp256, Algorithm.rsa4096 }) {
			for (String provider : new String[] { "openssl", "jdk" }) {
				measure(algorithm, provider);
			}
		}
	}

	private static void measure(Algorithm algorithm, String provider) throws Exception {
		Path directory = Files.createTempDirectory("reload-time");
		BenchmarkPki pki = new BenchmarkPki(directory, algorithm);
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties(pki.properties(0))
			.properties("secure-grpc.reload.enabled=false", "secure-grpc.provider=" + provider)
			.run()) {
			for (RotatingMaterial material : context.getBean(RotatingMaterials.class).all()) {
				AtomicLong firstTake = new AtomicLong();
				long[] reloads = new long[ROUNDS];
				long[] takes = new long[ROUNDS];
				material.addListener(new TakeMoment(firstTake));
				for (int i = -WARM_UP; i < ROUNDS; i++) {
					if (material.name().equals("server")) {
						pki.issueServer();
					}
					else {
						pki.issueClient();
					}
					int before = material.current().number();
					long start = System.nanoTime();
					material.reload();
					long end = System.nanoTime();
					Assert.state(material.current().number() == before + 1, "not rotated");
					if (i >= 0) {
						reloads[i] = end - start;
						takes[i] = end - firstTake.get();
					}
				}
				System.out.printf("%-10s %-8s %-7s %30s %30s%n", algorithm, provider, material.name(), text(reloads),
						text(takes));
			}
		}
	}

	private static String text(long[] nanos) {
		Arrays.sort(nanos);
		return "%.2f [%.2f..%.2f]".formatted(nanos[nanos.length / 2] / 1e6, nanos[0] / 1e6,
				nanos[nanos.length - 1] / 1e6);
	}

	/* The last listener is asked last to prepare, so that all takes follow it. */
	private record TakeMoment(AtomicLong prepared) implements GenerationListener {

		@Override
		public Prepared prepare(Generation next) {
			this.prepared.set(System.nanoTime());
			return new Prepared() {

				@Override
				public void take() {
				}

				@Override
				public void discard() {
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
