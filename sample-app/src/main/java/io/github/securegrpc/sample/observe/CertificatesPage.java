package io.github.securegrpc.sample.observe;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.securegrpc.actuate.CertificatesReport;
import io.github.securegrpc.material.ExpiryWindow;

/**
 * What the page shows.
 *
 * @param at when it was made
 * @param report what is in force
 * @param sections the material, each with its time lines
 */
public record CertificatesPage(Instant at, CertificatesReport report, List<Section> sections) {

	static CertificatesPage of(CertificatesReport report, ExpiryWindow window, Instant now) {
		return new CertificatesPage(now.truncatedTo(ChronoUnit.SECONDS), report,
				report.materials()
					.stream()
					.map((material) -> new Section(material, lines(material, window, now)))
					.toList());
	}

	private static List<TimeLine> lines(CertificatesReport.Material material, ExpiryWindow window, Instant now) {
		return Stream.concat(
				IntStream.range(0, material.chain().size())
					.mapToObj((i) -> TimeLine.of((i == 0) ? "leaf" : "intermediate", material.chain().get(i), window,
							now)),
				material.trustAnchors().stream().map((anchor) -> TimeLine.of("trust anchor", anchor, window, now)))
			.toList();
	}

	/**
	 * One material.
	 *
	 * @param material the material
	 * @param lines its certificates
	 */
	public record Section(CertificatesReport.Material material, List<TimeLine> lines) {

	}

}
