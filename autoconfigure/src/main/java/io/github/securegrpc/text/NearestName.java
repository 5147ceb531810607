package io.github.securegrpc.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds the name that was probably meant, by edit distance.
 *
 * @since 0.1.0
 */
public final class NearestName {

	private NearestName() {
	}

	/**
	 * Returns the nearest of the known names.
	 * @param name what was written
	 * @param known what could have been meant
	 * @return the nearest, unless none is near
	 */
	public static Optional<String> of(String name, Collection<String> known) {
		return known.stream()
			.filter((candidate) -> distance(name, candidate) <= Math.max(2, name.length() / 3))
			.min(Comparator.<String>comparingInt((candidate) -> distance(name, candidate)).thenComparing((c) -> c));
	}

	/**
	 * Returns whether two names are so near that one of them is a slip of the pen.
	 * @param name a name
	 * @param other another
	 * @return whether they differ by one letter, or by two if they are longer than five
	 */
	public static boolean isSlip(String name, String other) {
		int length = Math.min(name.length(), other.length());
		return length > 3 && !name.equals(other) && distance(name, other) <= ((length > 5) ? 2 : 1);
	}

	private static int distance(String a, String b) {
		int[] previous = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++) {
			previous[j] = j;
		}
		for (int i = 1; i <= a.length(); i++) {
			int[] row = new int[b.length() + 1];
			row[0] = i;
			for (int j = 1; j <= b.length(); j++) {
				int replace = previous[j - 1] + ((a.charAt(i - 1) == b.charAt(j - 1)) ? 0 : 1);
				row[j] = Math.min(replace, Math.min(previous[j], row[j - 1]) + 1);
			}
			previous = row;
		}
		return previous[b.length()];
	}

}
