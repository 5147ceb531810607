package io.github.securegrpc.certs.devca;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a profile, as people name them: words between separators, digits and
 * capitals. What sounds like production is taken for it, and so is what stands before it,
 * which others rely on as well; only what denies it in so many words is not.
 *
 * @param name the name
 */
record ProfileName(String name) {

	private static final Set<String> PRODUCTION = Set.of("prd", "live", "staging", "stage", "stg");

	private static final Set<String> DENIALS = Set.of("non", "no", "not");

	/** {@code eu-prod}, {@code prod1}, {@code euProd}. */
	private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}]+|(?<=\\p{Ll})(?=\\p{Lu})");

	/**
	 * {@code preprod}, {@code prodeu}; but neither {@code product} nor
	 * {@code reproduction}.
	 */
	private static final Pattern GLUED = Pattern.compile(
			"(?!(?:(?:non|not|no)(?:prod|prd|production)|(?:re|co)production)$).*(?:prod|prd|production)|prod(?!uc|ig).*");

	boolean soundsLikeProduction() {
		List<String> words = BETWEEN_WORDS.splitAsStream(this.name)
			.map((word) -> word.toLowerCase(Locale.ROOT))
			.filter((word) -> !word.isEmpty())
			.toList();
		for (int i = 0; i < words.size(); i++) {
			boolean denied = i > 0 && DENIALS.contains(words.get(i - 1));
			if (isProduction(words.get(i)) && !denied) {
				return true;
			}
		}
		return false;
	}

	private static boolean isProduction(String word) {
		return PRODUCTION.contains(word) || GLUED.matcher(word).matches();
	}

}
