package io.github.securegrpc.material.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.text.PrintableLog;

/**
 * The blocks of a PEM file in their order. Text around the blocks, line ends of any kind
 * and a byte-order mark are skipped over; a file in another format is named in the
 * refusal.
 *
 * @param location where the file was read
 * @param blocks the blocks found, at least one
 */
record PemFile(Location location, List<PemBlock> blocks) {

	private static final PrintableLog logger = PrintableLog.of(PemFile.class);

	private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");

	/*
	 * What is meant to be a boundary, with too few hyphens or those of a word processor.
	 */
	static final Pattern STRAY = Pattern.compile(
			"(?i)[-\\u2010-\\u2015]{2} ?(BEGIN|END) [A-Z0-9 ]{0,40}(CERTIFICATE|KEY|CRL|PKCS7|CMS) ?[-\\u2010-\\u2015]{2}");

	static PemFile parse(Location location, byte[] content) {
		List<PemBlock> blocks = blocks(text(content), location.toString());
		if (blocks.isEmpty()) {
			FileFormat format = FileFormat.of(content, location);
			throw new RefusedException(
					"%s holds %s (expected: PEM, text with -----BEGIN …-----)".formatted(location, format.words()),
					location.about(format.action()));
		}
		return new PemFile(location, List.copyOf(blocks));
	}

	/* Windows writes UTF-16 with a mark. */
	private static String text(byte[] content) {
		int mark = (content.length > 1) ? Short.toUnsignedInt(ByteBuffer.wrap(content).getShort()) : 0;
		boolean marked = mark == 0xFEFF || mark == 0xFFFE;
		return new String(content, marked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
	}

	static List<PemBlock> blocks(String text, String from) {
		List<PemBlock> blocks = new ArrayList<>();
		Matcher matcher = BEGIN.matcher(text);
		int start = 0;
		while (matcher.find(start)) {
			String label = matcher.group(1);
			String boundary = "-----END " + label + "-----";
			int end = text.indexOf(boundary, matcher.end());
			int next = text.indexOf("-----BEGIN ", matcher.end());
			if (end < 0 || (next >= 0 && next < end)) {
				throw new RefusedException(
						"%s is cut off: BEGIN %s has no END (expected: whole PEM blocks)".formatted(from, label),
						"Write the whole file again, best to a new name and then rename it.");
			}
			requireNoBoundary(text.substring(start, matcher.start()), from);
			start = end + boundary.length();
			blocks.add(new PemBlock(label, text.substring(matcher.start(), start)));
		}
		if (!blocks.isEmpty()) {
			requireNoBoundary(text.substring(start), from);
		}
		return blocks;
	}

	/* What is no block between blocks is passed over, unless it was meant to be one. */
	private static void requireNoBoundary(String between, String from) {
		if (STRAY.matcher(between).find()) {
			throw new RefusedException(
					"%s has a BEGIN or END line that is not whole (expected: -----BEGIN …-----, base64, -----END …-----)"
						.formatted(from),
					"Write five hyphens (ASCII) before and after BEGIN … and END …, and the same words in both.");
		}
	}

	List<PemBlock> blocks(Predicate<PemBlock> kind) {
		return this.blocks.stream().filter(kind).toList();
	}

	/**
	 * Warns of blocks that are read neither as this nor for another property.
	 * @param wanted what is read of this file
	 */
	void warnOfOthers(Predicate<PemBlock> wanted) {
		List<PemBlock> others = blocks(wanted.negate());
		if (!others.isEmpty()) {
			logger.warn("%s also holds %s, which is not used".formatted(this.location,
					new PemFile(this.location, others).labels()));
		}
	}

	String labels() {
		return this.blocks.stream().map(PemBlock::label).distinct().limit(8).reduce((a, b) -> a + ", " + b).orElse("");
	}

}
