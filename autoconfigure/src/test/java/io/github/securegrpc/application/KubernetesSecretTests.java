package io.github.securegrpc.application;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.rotation.MaterialRefused;
import io.github.securegrpc.rotation.MaterialRotated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A secret mounted as Kubernetes mounts it, swapped under load by re-pointing
 * {@code ..data}. {@code -Dswaps=10000} for the whole exercise.
 */
class KubernetesSecretTests {

	private static final int SWAPS = Integer.getInteger("swaps", 60);

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private final Random random = new Random(11);

	private final X509Bundle authority = TestCertificates.authority("ca");

	@Test
	void everySwapIsSurvivedAndTheLastOneIsTaken(@TempDir Path mount) throws Exception {
		swap(mount, 0, TestCertificates.server(this.authority));
		for (String name : List.of("tls.crt", "tls.key", "ca.crt")) {
			Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
		}
		try (ConfigurableApplicationContext context = start(mount);
				Callers callers = new Callers(TestApplication.channel(context, "it"))) {
			Told told = context.getBean(Told.class);
			callers.awaitProgress();
			for (int i = 1; i <= SWAPS; i++) {
				swap(mount, i, TestCertificates.server(this.authority));
				LockSupport.parkNanos(Duration.ofMillis(20 + this.random.nextInt(181)).toNanos());
			}
			X509Bundle last = TestCertificates.server(this.authority);
			swap(mount, SWAPS + 1, last);
			TlsProbe probe = new TlsProbe(TestCertificates.client(this.authority));
			Awaitility.await()
				.atMost(INTERVAL.plusSeconds(1))
				.until(() -> probe.connect(TestApplication.port(context)).equals(last.getCertificate()));
			callers.awaitProgress();
			callers.stop();
			System.out.printf("%d swaps, %d rotations, %d refused, %d calls, %d messages on streams, %d failed%n",
					SWAPS, told.rotated.get(), told.refused.size(), callers.calls(), callers.messages(),
					callers.failures().size());
			assertThat(callers.failures()).isEmpty();
			assertThat(told.refused).as("torn pairs").isEmpty();
			assertThat(told.rotated.get()).isGreaterThan(SWAPS / 20);
		}
	}

	/* As kubelet does: a new directory, then one rename of the link. */
	private static void swap(Path mount, int number, X509Bundle leaf) throws IOException {
		Path state = Files.createDirectory(mount.resolve("..state-" + number));
		TestCertificates.write(state.resolve("tls.crt"), TestCertificates.pem(leaf.getCertificate()));
		TestCertificates.write(state.resolve("tls.key"), TestCertificates.pem(leaf.getKeyPair().getPrivate()));
		TestCertificates.write(state.resolve("ca.crt"), leaf.getRootCertificatePEM());
		Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), state.getFileName());
		Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		Path old = mount.resolve("..state-" + (number - 1));
		if (Files.exists(old)) {
			for (String name : List.of("tls.crt", "tls.key", "ca.crt")) {
				Files.delete(old.resolve(name));
			}
			Files.delete(old);
		}
	}

	private static ConfigurableApplicationContext start(Path mount) {
		int port = TestSocketUtils.findAvailableTcpPort();
		return new SpringApplicationBuilder(TestApplication.class, Told.class).web(WebApplicationType.NONE)
			.properties(TestEngine.current()
				.properties("grpc.server.port=" + port, "grpc.server.address=127.0.0.1", "spring.main.banner-mode=off",
						"logging.level.root=error", "grpc.client.it.address=static://localhost:" + port,
						"secure-grpc.reload.interval=" + INTERVAL.toMillis() + "ms",
						"secure-grpc.server.cert=" + mount.resolve("tls.crt"),
						"secure-grpc.server.key=" + mount.resolve("tls.key"), "secure-grpc.server.client-auth=none",
						"secure-grpc.ca=" + mount.resolve("ca.crt")))
			.run();
	}

	/** What the application was told. */
	static class Told {

		private final AtomicInteger rotated = new AtomicInteger();

		private final List<MaterialRefused> refused = new CopyOnWriteArrayList<>();

		@EventListener
		void rotated(MaterialRotated event) {
			this.rotated.incrementAndGet();
		}

		@EventListener
		void refused(MaterialRefused event) {
			this.refused.add(event);
		}

	}

}
