package io.github.securegrpc.certs.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.Inventory;
import io.github.securegrpc.certs.Inventory.Entry;
import io.github.securegrpc.certs.Inventory.Standing;
import io.github.securegrpc.certs.RevokedCertificates;
import io.github.securegrpc.certs.cli.report.Lines;
import io.github.securegrpc.certs.cli.report.ValidityBar;
import io.github.securegrpc.text.SubjectAlternativeNames;

/**
 * Tells what was issued.
 */
@Command(name = "list", mixinStandardHelpOptions = true,
		description = "Tells what the authority has issued and when it expires, worst first: what has expired, what "
				+ "ends next, what a renewal replaced and is valid all the same, and last what is revoked. Needs "
				+ "neither the authority's key nor its passphrase. Exit code 1: a file cannot be read.")
final class ListCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Mixin
	private DepotOptions where = new DepotOptions();

	ListCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public Integer call() {
		Depot depot = this.where.depot();
		Instant now = this.surroundings.clock().instant();
		RevokedCertificates revoked = RevokedCertificates.of(depot, this.where.authority());
		Inventory inventory = Inventory.of(depot, revoked, now);
		List<Row> rows = new ArrayList<>();
		inventory.entries().forEach((entry) -> rows.add(row(entry, now)));
		rows.add(row(revoked, now));
		rows.sort(Comparator.comparing(Row::isOver).thenComparing(Row::end));
		int width = rows.stream().mapToInt((row) -> row.name().length()).max().orElse(0);
		rows.forEach((row) -> row.print(this.surroundings.out(), width));
		this.surroundings.out().flush();
		inventory.objections().forEach(new Failures(this.surroundings.err())::refused);
		return inventory.objections().isEmpty() ? 0 : Failures.NOT_DONE;
	}

	private static Row row(Entry entry, Instant now) {
		String names = String.join(", ", SubjectAlternativeNames.of(entry.certificate()));
		boolean isRevoked = entry.standing() == Standing.REVOKED;
		String what = switch (entry.standing()) {
			case AUTHORITY -> "the authority " + entry.certificate().getSubjectX500Principal();
			case IN_PLACE, REVOKED -> names;
			case REPLACED -> "replaced, and valid all the same, serial %x: %s"
				.formatted(entry.certificate().getSerialNumber(), names);
		};
		return new Row(entry.certificate().getNotAfter().toInstant(),
				isRevoked ? "revoked" : ValidityBar.words(entry.certificate(), now), entry.name(), what, isRevoked);
	}

	private static Row row(RevokedCertificates revoked, Instant now) {
		String name = String.valueOf(revoked.depot().revocations(revoked.name()).getFileName());
		String what = "the list of revoked certificates";
		if (revoked.isDue(now)) {
			return new Row(revoked.nextUpdate().filter(now::isAfter).orElse(now), "due now", name,
					what + ", missing, out of date or without what was revoked here: secure-grpc-certs revoke", false);
		}
		Instant end = revoked.nextUpdate().orElse(Instant.MAX);
		return new Row(end, end.equals(Instant.MAX) ? "not due" : ValidityBar.time(now, end) + " left", name, what,
				false);
	}

	/**
	 * One line.
	 *
	 * @param end what it is sorted by, the end of a validity
	 * @param state how much of the validity is left
	 * @param name the name of the files
	 * @param what what it is
	 * @param isOver whether nobody needs to look after it any more
	 */
	private record Row(Instant end, String state, String name, String what, boolean isOver) {

		void print(PrintWriter out, int width) {
			Lines.say(out, ("%-24s %-20s  %-" + width + "s  %s").formatted(this.state,
					this.end.equals(Instant.MAX) ? "" : this.end, this.name, this.what));
		}

	}

}
