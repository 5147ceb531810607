package io.github.securegrpc.sample.ledger;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount as a journal writes it: {@code -1,234.50 EUR}, {@code EUR -1234.50} or
 * {@code -$5}.
 *
 * @param number the number
 * @param currency the currency's name or symbol
 */
record JournalAmount(BigDecimal number, String currency) {

	private static final String SIGN = "(?<sign>[-+]?)";

	private static final String NUMBER = "(?<number>(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d*)?)";

	private static final String CURRENCY = "(?:\"(?<quoted>[^\"]+)\"|(?<plain>[^-+\\s\\d.,;\"@={}()*]+))";

	private static final Pattern NUMBER_FIRST = Pattern.compile(SIGN + "\\s*" + NUMBER + "\\s*" + CURRENCY);

	private static final Pattern SIGN_FIRST = Pattern.compile(SIGN + "\\s*" + CURRENCY + "\\s*" + NUMBER);

	private static final Pattern CURRENCY_FIRST = Pattern.compile(CURRENCY + "\\s*" + SIGN + "\\s*" + NUMBER);

	static Optional<JournalAmount> parse(String text) {
		for (Pattern form : new Pattern[] { NUMBER_FIRST, SIGN_FIRST, CURRENCY_FIRST }) {
			Matcher matcher = form.matcher(text);
			if (matcher.matches()) {
				String digits = matcher.group("number").replace(",", "");
				BigDecimal number = new BigDecimal(digits);
				String quoted = matcher.group("quoted");
				return Optional.of(new JournalAmount("-".equals(matcher.group("sign")) ? number.negate() : number,
						(quoted != null) ? quoted : matcher.group("plain")));
			}
		}
		return Optional.empty();
	}

}
