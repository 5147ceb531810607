package io.github.securegrpc.certs.cli;

import org.jspecify.annotations.Nullable;

/**
 * Text for a terminal: what a certificate or a file name holds must not steer it.
 */
final class Printable {

	private static final int LONGEST = 2000;

	private Printable() {
	}

	static String of(@Nullable Object value) {
		String text = String.valueOf(value);
		StringBuilder printable = new StringBuilder();
		text.codePoints().limit(LONGEST).forEach((point) -> {
			if (isPlain(point)) {
				printable.appendCodePoint(point);
			}
			else {
				printable.append("\\u{%x}".formatted(point));
			}
		});
		return printable.append((text.length() > LONGEST) ? "…" : "").toString();
	}

	private static boolean isPlain(int point) {
		return switch (Character.getType(point)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

}
