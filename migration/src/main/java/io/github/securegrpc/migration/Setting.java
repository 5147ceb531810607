package io.github.securegrpc.migration;

import java.util.ArrayList;
import java.util.List;

/**
 * One property as a file has it.
 *
 * @param comments the comments above it, without their sign
 * @param key what it sets
 * @param text its value
 */
record Setting(List<String> comments, String key, Text text) {

	private static final String MARK = "MIGRATE: ";

	Setting {
		comments = List.copyOf(comments);
	}

	Setting named(String name) {
		return new Setting(this.comments, name, this.text);
	}

	Setting holding(String value) {
		return value.equals(value()) ? this : new Setting(this.comments, this.key, new Text(value, null));
	}

	// With a comment on what is left to do by hand.
	Setting marked(String what) {
		return commented(MARK + what);
	}

	Setting commented(String comment) {
		List<String> more = new ArrayList<>(this.comments);
		more.add(comment);
		return new Setting(more, this.key, this.text);
	}

	Setting withoutComments() {
		return new Setting(List.of(), this.key, this.text);
	}

	// Whether an earlier run left it to be done by hand.
	boolean isMarked() {
		return this.comments.stream().anyMatch((comment) -> comment.startsWith(MARK));
	}

	String value() {
		return this.text.value();
	}

}
