package io.github.securegrpc.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * How long a scrape takes with 20 materials, all that the application measures included,
 * and without any.
 */
public final class ScrapeTime {

	private static final int MATERIALS = 20;

	private static final int WARM = 2_000;

	private static final int SCRAPES = 1_001;

	private ScrapeTime() {
	}

	/**
	 * Measures and prints.
	 * @param args none
	 * @throws Exception if certificates cannot be issued or written
	 */
	public static void main(String[] args) throws Exception {
		Path directory = Files.createTempDirectory("scrape-time");
		new BenchmarkPki(directory, Algorithm.ecp256).issueClient();
		Map<String, Object> channels = new HashMap<>();
		for (int i = 0; i < MATERIALS; i++) {
			String prefix = "secure-grpc.client.channels.c" + i;
			channels.put(prefix + ".cert", directory.resolve("client.crt").toString());
			channels.put(prefix + ".key", directory.resolve("client.key").toString());
			channels.put(prefix + ".ca", directory.resolve("ca.crt").toString());
		}
		measure("no material", Map.of());
		measure(MATERIALS + " materials", channels);
	}

	private static void measure(String name, Map<String, Object> channels) {
		Map<String, Object> properties = new HashMap<>(channels);
		properties.put("grpc.server.port", "-1");
		properties.put("spring.main.banner-mode", "off");
		properties.put("logging.level.root", "error");
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties(properties)
			.run()) {
			PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
			int size = 0;
			for (int i = 0; i < WARM; i++) {
				size = registry.scrape().length();
			}
			long[] times = new long[SCRAPES];
			for (int i = 0; i < SCRAPES; i++) {
				long start = System.nanoTime();
				size = registry.scrape().length();
				times[i] = System.nanoTime() - start;
			}
			Arrays.sort(times);
			System.out.printf("%s: %.2f ms [%.2f..%.2f], %d characters%n", name, times[SCRAPES / 2] / 1e6,
					times[0] / 1e6, times[SCRAPES - 1] / 1e6, size);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
