package io.github.securegrpc.sample.ledger;

import java.util.List;
import java.util.stream.Collectors;

import io.github.securegrpc.sample.ledger.proto.TBLine;

/**
 * A trial balance as an aligned table, closed by the sum of each currency.
 */
final class TrialBalanceReport {

	private TrialBalanceReport() {
	}

	static String of(List<TBLine> lines, int transactions) {
		CurrencySums sums = new CurrencySums();
		lines.forEach((line) -> sums
			.add(new Money(new Currency(line.getCurrency(), Math.toIntExact(line.getDecimals())), line.getAmount())));
		if (!sums.remainders().isEmpty()) {
			throw new IllegalStateException("the trial balance does not sum to zero: %s".formatted(sums.remainders()));
		}
		int width = lines.stream().mapToInt((line) -> line.getAccountname().length()).max().orElse(1);
		String table = lines.stream()
			.map((line) -> "%n  %s %20s %s".formatted(pad(line.getAccountname(), width), line.getAmountStr(),
					line.getCurrency()))
			.collect(Collectors.joining());
		return "Trial balance:%s%nTrial balance of %d transactions: %s - balanced".formatted(table, transactions, sums);
	}

	private static String pad(String text, int width) {
		return text + " ".repeat(width - text.length());
	}

}
