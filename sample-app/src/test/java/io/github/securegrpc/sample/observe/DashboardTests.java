package io.github.securegrpc.sample.observe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard for Grafana, and what the sample really exports.
 */
class DashboardTests {

	private static final Pattern ASKED = Pattern.compile("[a-z_]+(?=\\{)|(?<=label_values\\()[a-z_]+");

	private static final Pattern EXPORTED = Pattern.compile("^[a-z_]+(?=[{ ])", Pattern.MULTILINE);

	@Test
	void everyPanelAsksForWhatIsExported(@TempDir Path directory) throws Exception {
		JsonNode dashboard = new JsonMapper()
			.readTree(Files.readString(Path.of("../docs/observe/grafana-dashboard.json")));
		Set<String> asked = new TreeSet<>();
		for (JsonNode panel : dashboard.get("panels")) {
			for (JsonNode target : panel.get("targets")) {
				Set<String> names = names(ASKED, target.get("expr").asString());
				assertThat(names).as(panel.get("title").asString()).isNotEmpty();
				asked.addAll(names);
			}
		}
		asked.addAll(names(ASKED, dashboard.get("templating").toString()));
		assertThat(asked).hasSizeGreaterThan(5);
		try (RunningSample sample = new RunningSample(directory, Duration.ofDays(90))) {
			assertThat(names(EXPORTED, sample.get("actuator/prometheus"))).containsAll(asked);
		}
	}

	private static Set<String> names(Pattern pattern, String text) {
		return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
	}

}
