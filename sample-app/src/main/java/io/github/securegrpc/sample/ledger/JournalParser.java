package io.github.securegrpc.sample.ledger;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.core.io.Resource;

/**
 * Reads a journal in the plain-text form of hledger and ledger: dated transactions with
 * indented postings, {@code account} directives with a {@code tags:} comment, comments. A
 * currency has as many decimals as its most precise amount.
 */
final class JournalParser {

	private static final Pattern HEADER = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})\\s+(?:[*!]\\s+)?([^;]*)(;.*)?");

	private static final Pattern ACCOUNT = Pattern.compile("account\\s+([^;]+?)\\s*(?:;\\s*tags:\\s*(.*))?");

	private final String source;

	private final List<Journal.Account> accounts = new ArrayList<>();

	private final List<JournalEntry> entries = new ArrayList<>();

	private JournalParser(String source) {
		this.source = source;
	}

	static Journal parse(Resource resource) {
		String source = resource.getDescription();
		try {
			return parse(source, resource.getContentAsString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw JournalException.unreadable(source, ex);
		}
	}

	static Journal parse(String source, String text) {
		JournalParser parser = new JournalParser(source);
		int number = 0;
		for (String line : text.split("\\R", -1)) {
			number++;
			parser.line(number, line);
		}
		return parser.journal();
	}

	private void line(int number, String line) {
		at(number, () -> {
			if (line.isBlank() || line.stripLeading().matches("[;#*].*")) {
				return;
			}
			if (Character.isWhitespace(line.charAt(0))) {
				posting(number, line);
			}
			else if (line.startsWith("account ")) {
				account(line);
			}
			else {
				header(number, line);
			}
		});
	}

	private void posting(int number, String line) {
		if (this.entries.isEmpty()) {
			throw LedgerException.invalid("found a posting before any transaction (expected: a date first)");
		}
		this.entries.get(this.entries.size() - 1).postings().add(JournalPosting.parse(number, line));
	}

	private void account(String line) {
		Matcher matcher = ACCOUNT.matcher(line.strip());
		if (!matcher.matches()) {
			throw LedgerException.invalid("found \"%s\" (expected: account NAME ; tags: A, B)", line);
		}
		String tags = matcher.group(2);
		this.accounts.add(new Journal.Account(matcher.group(1), (tags == null) ? List.of()
				: Arrays.stream(tags.split(",", -1)).map(String::strip).filter((tag) -> !tag.isEmpty()).toList()));
	}

	private void header(int number, String line) {
		Matcher matcher = HEADER.matcher(line);
		if (!matcher.matches()) {
			throw LedgerException.invalid("found \"%.60s\" (expected: 2026-01-31 * Description)", line);
		}
		try {
			this.entries.add(new JournalEntry(number, LocalDate.parse(matcher.group(1)), matcher.group(2).strip(),
					new ArrayList<>()));
		}
		catch (DateTimeException ex) {
			throw LedgerException.invalid("found the date %s (expected: a day of the calendar)", matcher.group(1));
		}
	}

	private Journal journal() {
		Map<String, Currency> currencies = new LinkedHashMap<>();
		for (JournalEntry entry : this.entries) {
			for (JournalPosting posting : entry.postings()) {
				JournalAmount amount = posting.amount();
				if (amount != null) {
					at(posting.line(), () -> currencies.merge(amount.currency(), currency(amount),
							(a, b) -> (a.decimals() >= b.decimals()) ? a : b));
				}
			}
		}
		List<JournalTransaction> transactions = new ArrayList<>();
		for (JournalEntry entry : this.entries) {
			at(entry.line(), () -> transactions.add(entry.transaction(currencies)));
		}
		return new Journal(List.copyOf(currencies.values()), this.accounts, transactions);
	}

	private static Currency currency(JournalAmount amount) {
		BigDecimal number = amount.number();
		return new Currency(amount.currency(), Math.max(0, number.scale()));
	}

	private void at(int line, Runnable action) {
		try {
			action.run();
		}
		catch (LedgerException ex) {
			throw JournalException.at(this.source, line, String.valueOf(ex.getMessage()));
		}
	}

}
