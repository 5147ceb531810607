package io.github.securegrpc;

import java.io.IOException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The types of docs/api.md, on which users build: what they have is written down, and a
 * change of it is made on purpose.
 */
class ApiTests {

	private static final Path PAGE = Path.of("..", "docs", "api.md");

	private static final Path WRITTEN = Path.of("src", "test", "resources", "api.txt");

	private static final Pattern TYPE = Pattern.compile("`(io\\.github\\.securegrpc\\.[a-z.]+\\.[A-Z]\\w+)`");

	/* What our own packages need of such types. */
	private static final Set<String> INSIDE = Set.of("PeerRules.guard", "PeerRules.inForce",
			"rotation.RotatingMaterial");

	private static final Pattern OURS = Pattern.compile("io\\.github\\.securegrpc\\.[\\w.]+\\w");

	@Test
	void membersAreThoseThatAreWrittenDown() throws Exception {
		List<String> found = types().stream().flatMap(ApiTests::members).toList();
		Path now = Files.write(Path.of("target", "api.txt"), found);
		assertThat(found)
			.as("if it is meant: cp autoconfigure/%s autoconfigure/%s, and say it in the change log", now, WRITTEN)
			.isEqualTo(Files.readAllLines(WRITTEN));
	}

	@Test
	void membersNameNothingThatMayChange() throws Exception {
		Set<String> api = types().stream().map(Class::getName).collect(Collectors.toCollection(TreeSet::new));
		assertThat(types().stream()
			.flatMap(ApiTests::members)
			.filter((member) -> INSIDE.stream().noneMatch((inside) -> member.contains(inside + "(")))
			.flatMap((member) -> OURS.matcher(member.replaceAll("\\$\\w+", "")).results())
			.map((name) -> name.group())
			.filter((name) -> api.stream().noneMatch((type) -> name.equals(type) || name.startsWith(type + "."))))
			.isEmpty();
	}

	private static Set<Class<?>> types() throws IOException, ClassNotFoundException {
		Set<Class<?>> types = new LinkedHashSet<>();
		for (var type : TYPE.matcher(Files.readString(PAGE)).results().toList()) {
			types.add(Class.forName(type.group(1)));
		}
		assertThat(types).hasSizeGreaterThan(30);
		List<Class<?>> all = new ArrayList<>(types);
		all.forEach((type) -> types.addAll(Arrays.stream(type.getDeclaredClasses())
			.filter((nested) -> Modifier.isPublic(nested.getModifiers()))
			.toList()));
		return types;
	}

	private static Stream<String> members(Class<?> type) {
		Stream<String> members = Stream
			.of(Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()),
					Arrays.stream(type.getDeclaredFields()))
			.flatMap((all) -> all)
			.filter(ApiTests::isSeen)
			.map(Object::toString)
			.map((member) -> member.replaceAll(" (final|synchronized|native|default|abstract)(?= )", ""))
			.sorted();
		return Stream.concat(Stream.of(type.toString()), members.map("  "::concat));
	}

	private static boolean isSeen(Member member) {
		return (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0 && !member.isSynthetic()
				&& !(member instanceof Method method && isOfEveryone(method));
	}

	private static boolean isOfEveryone(Method method) {
		return Set.of("toString", "hashCode", "equals").contains(method.getName());
	}

}
