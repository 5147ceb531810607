package io.github.securegrpc.sample.observe;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The alert rules in Debian's Prometheus, where there is one.
 */
@EnabledIf("hasPrometheus")
class PrometheusTests {

	private static final File PROMETHEUS = new File("/usr/bin/prometheus");

	private static final Path RULES = Path.of("../docs/observe/alerts.yaml").toAbsolutePath().normalize();

	static boolean hasPrometheus() {
		return PROMETHEUS.canExecute();
	}

	@Test
	void rulesAreWellFormedAndPassTheirTests() throws Exception {
		assertThat(run("promtool", "check", "rules", RULES.toString())).contains("SUCCESS: 6 rules found");
		assertThat(run("promtool", "test", "rules", RULES.resolveSibling("alerts-test.yaml").toString()))
			.contains("SUCCESS")
			.doesNotContain("FAILED");
	}

	@Test
	void certificateThatIsAboutToExpireReallyFiresTheAlert(@TempDir Path directory, @TempDir Path certificates)
			throws Exception {
		// a minute of life in all, so that the warning begins with its last third
		try (RunningSample sample = new RunningSample(certificates, Duration.ofSeconds(60))) {
			int port = TestSocketUtils.findAvailableTcpPort();
			Path config = Files.writeString(directory.resolve("prometheus.yaml"), """
					global:
					  scrape_interval: 1s
					  evaluation_interval: 1s
					rule_files: [ "%s" ]
					scrape_configs:
					  - job_name: sample
					    metrics_path: /actuator/prometheus
					    static_configs: [ { targets: [ "127.0.0.1:%d" ] } ]
					""".formatted(RULES, sample.httpPort()));
			Process prometheus = new ProcessBuilder(PROMETHEUS.toString(), "--config.file=" + config,
					"--storage.tsdb.path=" + directory.resolve("data"), "--web.listen-address=127.0.0.1:" + port)
				.redirectErrorStream(true)
				.redirectOutput(directory.resolve("log").toFile())
				.start();
			try {
				Awaitility.await()
					.atMost(Duration.ofSeconds(90))
					.pollInterval(Duration.ofMillis(500))
					.ignoreExceptions()
					.untilAsserted(() -> assertThat(alerts(port)).contains("\"alertname\":\"GrpcCertificateExpiring\"")
						.contains("\"material\":\"server\"")
						.contains("\"state\":\"firing\""));
			}
			finally {
				prometheus.destroy();
				prometheus.waitFor(20, TimeUnit.SECONDS);
			}
		}
	}

	private static String alerts(int port) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/alerts")).build(),
					HttpResponse.BodyHandlers.ofString())
			.body();
	}

	private static String run(String... command) throws IOException {
		return new String(new ProcessBuilder(command).redirectErrorStream(true).start().getInputStream().readAllBytes(),
				java.nio.charset.StandardCharsets.UTF_8);
	}

}
