package io.github.securegrpc.material;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM file in their order. Text around the blocks, Windows line ends and
 * a byte-order mark are skipped over; a file in another format is named in the refusal.
 *
 * @param location where the file was read
 * @param blocks the blocks found, at least one
 */
record PemFile(Location location, List<PemBlock> blocks) {

	private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");

	static PemFile parse(Location location, byte[] content) {
		List<PemBlock> blocks = blocks(new String(content, StandardCharsets.UTF_8), location.toString());
		if (blocks.isEmpty()) {
			throw new RefusedException(
					"%s holds %s (expected: PEM, text with -----BEGIN …-----)".formatted(location,
							FileFormat.describe(content)),
					"Convert it to PEM with openssl, or use a key store through spring.ssl.bundle.* and "
							+ "secure-grpc.….bundle.");
		}
		return new PemFile(location, List.copyOf(blocks));
	}

	static List<PemBlock> blocks(String text, String from) {
		List<PemBlock> blocks = new ArrayList<>();
		Matcher matcher = BEGIN.matcher(text);
		for (int start = 0; matcher.find(start);) {
			String label = matcher.group(1);
			String boundary = "-----END " + label + "-----";
			int end = text.indexOf(boundary, matcher.end());
			if (end < 0) {
				throw new RefusedException(
						"%s is cut off: BEGIN %s has no END (expected: whole PEM blocks)".formatted(from, label),
						"Write the whole file again, best to a new name and then rename it.");
			}
			start = end + boundary.length();
			blocks.add(new PemBlock(label, text.substring(matcher.start(), start)));
		}
		return blocks;
	}

	List<PemBlock> blocks(Predicate<PemBlock> kind) {
		return this.blocks.stream().filter(kind).toList();
	}

	String labels() {
		return this.blocks.stream().map(PemBlock::label).distinct().limit(8).reduce((a, b) -> a + ", " + b).orElse("");
	}

}
