package io.github.securegrpc.transport;

import java.util.List;
import java.util.stream.Stream;

import io.github.securegrpc.text.PrintableLog;

/**
 * Known weaknesses of the libraries on the class path that nobody can use through us: no
 * reason not to start, but somebody should know, and how to be rid of them. Immutable.
 *
 * @since 0.1.0
 */
public final class Advisories {

	static final String BOM = "Import io.github.securegrpc:secure-grpc-bom before other BOMs";

	private static final PrintableLog logger = PrintableLog.of(Advisories.class);

	private final List<String> all;

	private Advisories(List<String> all) {
		this.all = all;
	}

	/* Each is logged, once. */
	static Advisories of(ClassLoader loader) {
		List<String> found = Stream.of(NettyFlavour.values())
			.filter((flavour) -> flavour.isPresent(loader))
			.flatMap((flavour) -> flavour.advisory(loader).stream())
			.toList();
		found.forEach(logger::warn);
		return new Advisories(found);
	}

	/**
	 * Returns what is known.
	 * @return one sentence or two for each weakness, with what to do
	 */
	public List<String> all() {
		return this.all;
	}

}
