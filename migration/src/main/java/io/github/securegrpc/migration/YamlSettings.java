package io.github.securegrpc.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.openrewrite.yaml.tree.Yaml;

/**
 * What a document of a YAML file sets of {@code grpc.*}, in the order of the file.
 */
final class YamlSettings {

	private final List<Setting> settings = new ArrayList<>();

	private YamlSettings() {
	}

	// None if net.devh's are not there, or not as plain values.
	static List<Setting> of(Yaml.Mapping document) {
		YamlSettings found = new YamlSettings();
		boolean plain = document.getEntries()
			.stream()
			.filter(YamlSettings::isOfGrpc)
			.allMatch((entry) -> found.read("", entry.withPrefix("")));
		return (plain && NetDevhKey.isIn(found.settings)) ? List.copyOf(found.settings) : List.of();
	}

	static boolean isOfGrpc(Yaml.Mapping.Entry entry) {
		String key = entry.getKey().getValue();
		return key.equals("grpc") || key.startsWith("grpc.");
	}

	private boolean read(String parent, Yaml.Mapping.Entry entry) {
		String key = parent.isEmpty() ? entry.getKey().getValue() : parent + "." + entry.getKey().getValue();
		List<String> comments = comments(entry.getPrefix());
		if (entry.getValue() instanceof Yaml.Mapping mapping && mapping.getAnchor() == null) {
			int first = this.settings.size();
			boolean plain = mapping.getEntries().stream().allMatch((child) -> read(key, child));
			if (plain && !comments.isEmpty() && first < this.settings.size()) {
				Setting setting = this.settings.get(first);
				comments.addAll(setting.comments());
				this.settings.set(first, new Setting(comments, setting.key(), setting.text()));
			}
			return plain;
		}
		Text text = text(entry.getValue());
		if (text != null) {
			this.settings.add(new Setting(comments, key, text));
		}
		return text != null;
	}

	// The comment behind the previous value is moved to it, the others belong to what
	// follows.
	private List<String> comments(String prefix) {
		List<String> comments = new ArrayList<>();
		String[] lines = prefix.split("\n", -1);
		for (int i = 0; i < lines.length; i++) {
			String line = lines[i].strip();
			if (line.startsWith("#")) {
				String comment = line.replaceFirst("^#+ ?", "");
				if (i == 0 && !this.settings.isEmpty()) {
					int last = this.settings.size() - 1;
					this.settings.set(last, this.settings.get(last).commented(comment));
				}
				else {
					comments.add(comment);
				}
			}
		}
		return comments;
	}

	private static @Nullable Text text(Yaml.Block value) {
		if (value instanceof Yaml.Scalar scalar && scalar.getAnchor() == null && scalar.getTag() == null) {
			return switch (scalar.getStyle()) {
				case PLAIN -> new Text(scalar.getValue(), scalar.getValue());
				case SINGLE_QUOTED -> new Text(scalar.getValue().replace("''", "'"), "'" + scalar.getValue() + "'");
				case DOUBLE_QUOTED -> scalar.getValue().contains("\\") ? null
						: new Text(scalar.getValue(), "\"" + scalar.getValue() + "\"");
				default -> null;
			};
		}
		if (value instanceof Yaml.Sequence sequence && sequence.getAnchor() == null) {
			List<@Nullable Text> texts = new ArrayList<>();
			sequence.getEntries().forEach((entry) -> texts.add(text(entry.getBlock())));
			return texts.contains(null) ? null : new Text(
					texts.stream().map((text) -> (text != null) ? text.value() : "").collect(Collectors.joining(",")),
					null);
		}
		return null;
	}

}
