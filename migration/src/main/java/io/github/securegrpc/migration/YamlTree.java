package io.github.securegrpc.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.openrewrite.yaml.YamlParser;
import org.openrewrite.yaml.tree.Yaml;

/**
 * Settings as the nested keys of a YAML file, in the place of those of {@code grpc}.
 */
final class YamlTree {

	private static final Pattern DOT = Pattern.compile("\\.(?![^\\[]*])");

	private static final Pattern PLAIN = Pattern.compile("[\\w/.$-][\\w/.:${}=+,-]*");

	private final StringBuilder text = new StringBuilder();

	private final Map<String, Object> root = new LinkedHashMap<>();

	static Yaml.Mapping replace(Yaml.Mapping document, List<Setting> settings) {
		Set<String> taken = document.getEntries()
			.stream()
			.filter((entry) -> !YamlSettings.isOfGrpc(entry))
			.map((entry) -> entry.getKey().getValue())
			.collect(Collectors.toSet());
		YamlTree tree = new YamlTree();
		settings.forEach((setting) -> tree.add(path(setting.key(), taken), setting));
		List<Yaml.Mapping.Entry> entries = new ArrayList<>();
		List<Yaml.Mapping.Entry> moved = tree.entries();
		for (Yaml.Mapping.Entry entry : document.getEntries()) {
			if (!YamlSettings.isOfGrpc(entry)) {
				entries.add(entry);
			}
			else if (!moved.isEmpty()) {
				entries.add(moved.get(0).withPrefix(entry.getPrefix()));
				entries.addAll(moved.subList(1, moved.size()));
				moved = List.of();
			}
		}
		if (!entries.isEmpty() && !entries.get(0).isScope(document.getEntries().get(0))) {
			entries.set(0, entries.get(0).withPrefix(entries.get(0).getPrefix().replaceFirst("^\n+", "")));
		}
		return document.withEntries(entries);
	}

	// The names from the top; a top that the document has already is not written twice.
	private static List<String> path(String key, Set<String> taken) {
		List<String> names = new ArrayList<>(List.of(DOT.split(key)));
		while (names.size() > 1 && taken.contains(names.get(0))) {
			names.set(0, names.get(0) + "." + names.remove(1));
		}
		return names;
	}

	@SuppressWarnings("unchecked")
	private void add(List<String> path, Setting setting) {
		Map<String, Object> node = this.root;
		for (String name : path.subList(0, path.size() - 1)) {
			node = (Map<String, Object>) node.computeIfAbsent(name, (key) -> new LinkedHashMap<String, Object>());
		}
		node.put(path.get(path.size() - 1), setting);
	}

	private List<Yaml.Mapping.Entry> entries() {
		if (this.root.isEmpty()) {
			return List.of();
		}
		write(this.root, "");
		Yaml.Documents parsed = (Yaml.Documents) new YamlParser().parse("\n" + this.text.toString().stripTrailing())
			.findFirst()
			.orElseThrow();
		return ((Yaml.Mapping) parsed.getDocuments().get(0).getBlock()).getEntries();
	}

	@SuppressWarnings("unchecked")
	private void write(Map<String, Object> node, String indent) {
		node.forEach((name, value) -> {
			if (value instanceof Setting setting) {
				setting.comments()
					.forEach((comment) -> this.text.append(indent).append("# ").append(comment).append('\n'));
				this.text.append(indent).append(name).append(": ").append(scalar(setting.text())).append('\n');
			}
			else {
				this.text.append(indent).append(name).append(":\n");
				write((Map<String, Object>) value, indent + "  ");
			}
		});
	}

	private static String scalar(Text text) {
		if (text.source() != null) {
			return text.source();
		}
		return PLAIN.matcher(text.value()).matches() ? text.value() : "'" + text.value().replace("'", "''") + "'";
	}

}
