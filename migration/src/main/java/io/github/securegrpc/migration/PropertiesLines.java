package io.github.securegrpc.migration;

import java.util.ArrayList;
import java.util.List;

import org.openrewrite.Tree;
import org.openrewrite.marker.Markers;
import org.openrewrite.properties.tree.Properties;

/**
 * One document of a properties file: what stands around net.devh's settings, and those,
 * each with the comments right above it.
 */
final class PropertiesLines {

	private final List<Properties.Content> before = new ArrayList<>();

	private final List<Properties.Content> own = new ArrayList<>();

	private final List<Properties.Content> after = new ArrayList<>();

	private final List<Setting> settings = new ArrayList<>();

	private PropertiesLines(List<Properties.Content> document) {
		List<Properties.Content> comments = new ArrayList<>();
		for (Properties.Content line : document) {
			if (line instanceof Properties.Comment && !separates(line)) {
				comments.add(line);
			}
			else if (line instanceof Properties.Entry entry && NetDevhKey.of(entry.getKey()) != null) {
				this.settings.add(setting(comments, entry));
				this.own.addAll(comments);
				this.own.add(entry);
				comments.clear();
			}
			else {
				others().addAll(comments);
				others().add(line);
				comments.clear();
			}
		}
		others().addAll(comments);
	}

	// All documents of a file, as they are to be.
	static List<Properties.Content> ofFile(List<Properties.Content> content) {
		return documents(content).stream()
			.flatMap((document) -> new PropertiesLines(document).moved(document).stream())
			.toList();
	}

	// What each document of a file sets.
	static List<List<Setting>> settings(List<Properties.Content> content) {
		return documents(content).stream().map((document) -> new PropertiesLines(document).settings).toList();
	}

	private static List<List<Properties.Content>> documents(List<Properties.Content> content) {
		List<List<Properties.Content>> documents = new ArrayList<>();
		int start = 0;
		for (int i = 1; i <= content.size(); i++) {
			if (i == content.size() || separates(content.get(i))) {
				documents.add(content.subList(start, i));
				start = i;
			}
		}
		return documents;
	}

	private static boolean separates(Properties.Content line) {
		return line instanceof Properties.Comment comment && comment.getMessage().equals("---");
	}

	private static Setting setting(List<Properties.Content> comments, Properties.Entry entry) {
		return new Setting(comments.stream().map((line) -> ((Properties.Comment) line).getMessage().trim()).toList(),
				entry.getKey(), new Text(entry.getValue().getText(), entry.getValue().getSource()));
	}

	private List<Properties.Content> others() {
		return this.own.isEmpty() ? this.before : this.after;
	}

	private List<Properties.Content> moved(List<Properties.Content> document) {
		List<Setting> moved = Move.of(this.settings);
		if (moved.equals(this.settings)) {
			return document;
		}
		List<Properties.Content> lines = new ArrayList<>();
		moved.forEach((setting) -> {
			setting.comments().forEach((comment) -> lines.add(comment(comment)));
			lines.add(entry(setting));
		});
		if (!lines.isEmpty()) {
			lines.set(0, (Properties.Content) lines.get(0).withPrefix(this.own.get(0).getPrefix()));
		}
		lines.addAll(0, this.before);
		lines.addAll(this.after);
		return lines;
	}

	private static Properties.Comment comment(String comment) {
		return new Properties.Comment(Tree.randomId(), "\n", Markers.EMPTY, Properties.Comment.Delimiter.HASH_TAG,
				" " + comment);
	}

	// As the first of net.devh's is written, with blanks around the sign or without.
	private Properties.Entry entry(Setting setting) {
		Properties.Entry like = this.own.stream()
			.filter(Properties.Entry.class::isInstance)
			.map(Properties.Entry.class::cast)
			.findFirst()
			.orElseThrow();
		String source = setting.text().source();
		return like.withId(Tree.randomId())
			.withPrefix("\n")
			.withKey(setting.key())
			.withValue(like.getValue().withId(Tree.randomId()).withText((source != null) ? source : setting.value()));
	}

}
