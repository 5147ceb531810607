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
	 * @return whether they differ by one letter, or two letters have changed places; by
	 * two of these if they are longer than five
	 */
	public static boolean isSlip(String name, String other) {
		int length = Math.min(name.length(), other.length());
		return length > 3 && !name.equals(other) && distance(name, other) <= ((length > 5) ? 2 : 1);
	}

	/* Letters that are missing, too many, another, or in each other's place. */
	private static int distance(String a, String b) {
		int[][] rows = new int[a.length() + 1][b.length() + 1];
		for (int i = 0; i <= a.length(); i++) {
			for (int j = 0; j <= b.length(); j++) {
				rows[i][j] = (i == 0) ? j : (j == 0) ? i : least(a, b, rows, i, j);
			}
		}
		return rows[a.length()][b.length()];
	}

	private static int least(String a, String b, int[][] rows, int i, int j) {
		int replaced = rows[i - 1][j - 1] + ((a.charAt(i - 1) == b.charAt(j - 1)) ? 0 : 1);
		int least = Math.min(replaced, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
		boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
		return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
	}

}
