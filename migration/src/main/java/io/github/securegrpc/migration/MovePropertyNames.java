package io.github.securegrpc.migration;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.openrewrite.ExecutionContext;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;
import org.openrewrite.internal.ListUtils;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.TextComment;
import org.openrewrite.marker.Markers;

/**
 * Moves net.devh's keys in strings of Java, such as those of {@code @Value} and of tests'
 * properties.
 *
 * @since 0.1.0
 */
public class MovePropertyNames extends Recipe {

	private static final Pattern KEY = Pattern
		.compile("^(\\$\\{)?(grpc\\.(?:server|client)\\.[^=:}\\s]+)(?:=(.*)|:.*}|}|)$");

	private static final String MARK = " MIGRATE: no counterpart of the same value ";

	@Override
	public String getDisplayName() {
		return "Move net.devh's gRPC keys in Java";
	}

	@Override
	public String getDescription() {
		return "Those that have a counterpart of the same value; the others get a comment.";
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getVisitor() {
		return new JavaIsoVisitor<>() {

			@Override
			public J.Literal visitLiteral(J.Literal literal, ExecutionContext context) {
				Matcher matcher = KEY.matcher((literal.getValue() instanceof String text) ? text : "");
				return matcher.matches() ? moved(literal, matcher) : literal;
			}

		};
	}

	private static J.Literal moved(J.Literal literal, Matcher matcher) {
		String key = matcher.group(2);
		String value = (matcher.group(3) != null) ? matcher.group(3) : "";
		Setting setting = new Setting(List.of(), key, new Text(value, value));
		List<Setting> moved = Move.of(List.of(setting));
		String source = literal.getValueSource();
		if (NetDevhKey.of(key) == null || source == null) {
			return literal;
		}
		if (moved.size() == 1 && moved.get(0).comments().isEmpty() && moved.get(0).text().equals(setting.text())) {
			String name = moved.get(0).key();
			return literal.withValue(String.valueOf(literal.getValue()).replace(key, name))
				.withValueSource(source.replace(key, name));
		}
		if (literal.getComments()
			.stream()
			.anyMatch((comment) -> comment instanceof TextComment known && known.getText().equals(MARK))) {
			return literal;
		}
		return literal
			.withComments(ListUtils.concat(literal.getComments(), new TextComment(true, MARK, " ", Markers.EMPTY)));
	}

}
