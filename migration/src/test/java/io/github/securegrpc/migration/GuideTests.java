package io.github.securegrpc.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.openrewrite.Recipe;
import org.openrewrite.config.Environment;

import static org.assertj.core.api.Assertions.assertThat;

class GuideTests {

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	private static final String RECIPES = "io.github.securegrpc.migration";

	private final String guide;

	GuideTests() throws IOException {
		String page = Files.readString(Path.of("../docs/migrate.md"));
		this.guide = page.substring(page.indexOf("## From net.devh to Spring Boot's own gRPC"));
	}

	@Test
	void theCommandRunsTheRecipe() {
		Matcher active = Pattern.compile("activeRecipes=(\\S+)").matcher(this.guide);
		assertThat(active.find()).isTrue();
		Recipe recipe = Environment.builder().scanRuntimeClasspath(RECIPES).build().activateRecipes(active.group(1));
		assertThat(recipe.validate().isValid()).isTrue();
		assertThat(recipe.getRecipeList()).hasSize(8);
		assertThat(this.guide).contains("io.github.securegrpc:secure-grpc-migration:" + Versions.PROJECT + " ");
	}

	@Test
	void everyRecipeIsValid() {
		assertThat(Environment.builder().scanRuntimeClasspath(RECIPES).build().listRecipes())
			.filteredOn((recipe) -> recipe.getName().startsWith(RECIPES) && !recipe.getRecipeList().isEmpty())
			.hasSize(5)
			.allMatch((recipe) -> recipe.validateAll().stream().allMatch((found) -> found.isValid()));
	}

	@Test
	void everyKeyThatDoesNotProtectIsInTheTable() {
		Set<String> named = new TreeSet<>();
		Stream.of(this.guide.split("\n"))
			.filter((line) -> line.startsWith("| ") || line.startsWith("| `"))
			.forEach((line) -> CODE.matcher(line)
				.results()

				.forEach((code) -> named.add(canonical(code.group(1)))));
		assertThat(Stream.concat(ServerCounterparts.ALL.keySet().stream(), ChannelCounterparts.ALL.keySet().stream()))
			.filteredOn((name) -> !new NetDevhKey(null, name).isOfTls())
			.hasSize(27)
			.allMatch(named::contains);
	}

	private static String canonical(String code) {
		return code.replaceFirst("^grpc\\.(server|client\\.x)\\.", "").replace("-", "").toLowerCase(Locale.ROOT);
	}

}
