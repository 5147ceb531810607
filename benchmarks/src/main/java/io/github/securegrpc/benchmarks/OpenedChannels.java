package io.github.securegrpc.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.securegrpc.engine.SecureChannels;

/**
 * The heap over a hundred thousand channels that are opened at run time and shut down,
 * each to a target of its own and every hundredth with a call. Run it with
 * {@code -Xmx256m}.
 */
public final class OpenedChannels {

	private static final int CHANNELS = 100_000;

	private static final int STEP = 10_000;

	private OpenedChannels() {
	}

	/**
	 * Measures and prints.
	 * @param args none
	 * @throws Exception if anything fails
	 */
	public static void main(String[] args) throws Exception {
		BenchmarkPki pki = new BenchmarkPki(Files.createTempDirectory("opened-channels"), Algorithm.ecp256);
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties(pki.properties(50_062))
			.run()) {
			SecureChannels channels = context.getBean(SecureChannels.class);
			long first = 0;
			for (int i = 1; i <= CHANNELS; i++) {
				boolean calls = i % 100 == 0;
				// 127/8 is this machine: as many targets as there are channels
				ManagedChannel channel = calls ? channels.open("peers", "localhost:50062")
						: channels.open("peers", "127.%d.%d.%d:50062".formatted(i >> 16, (i >> 8) & 255, i & 255));
				if (calls) {
					HealthGrpc.newBlockingStub(channel)
						.withDeadlineAfter(Duration.ofSeconds(20))
						.check(HealthCheckRequest.getDefaultInstance());
				}
				channel.shutdown();
				if (i % STEP == 0) {
					long used = usedKib();
					first = (first == 0) ? used : first;
					System.out.printf("%,7d channels: heap %,d KiB, %+,d KiB since %,d%n", i, used, used - first, STEP);
				}
			}
		}
	}

	private static long usedKib() throws InterruptedException {
		for (int i = 0; i < 3; i++) {
			System.gc();
			Thread.sleep(200);
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Runnable peers(SecureChannels channels) {
			return channels::close;
		}

	}

}
