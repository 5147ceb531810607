package io.github.securegrpc.actuate;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.securegrpc.material.ExpiryWindow;
import io.github.securegrpc.material.Validity;
import io.github.securegrpc.rotation.RotatingMaterial;

/**
 * The health of one material: out of service once its chain, or every trust anchor, is
 * not valid, or when the server's port serves something else.
 *
 * @param window when a certificate counts as expiring
 * @param expiring the status of material that is expiring
 * @param truth what the server's port serves
 * @param clock tells the time
 */
record MaterialHealth(ExpiryWindow window, Status expiring, TruthCheck truth, Clock clock) {

	Health of(RotatingMaterial material) {
		Instant now = this.clock.instant();
		CertificatesReport.Material report = MaterialState.report(material, this.window, now);
		Health.Builder health = new Health.Builder().status(status(report.state()))
			.withDetail("state", report.state())
			.withDetail("generation", report.generation())
			.withDetail("loadedAt", report.loadedAt().toString())
			.withDetail("chain", describe(report.chain()))
			.withDetail("trustAnchors", describe(report.trustAnchors()));
		if (report.lastRefusal() != null) {
			health.withDetail("lastRefusal",
					Map.of("at", report.lastRefusal().at().toString(), "reason", report.lastRefusal().reason()));
		}
		if (report.look() != null) {
			health.withDetail("look", report.look());
		}
		if (report.renewal() != null) {
			health.withDetail("renewal", report.renewal());
		}
		if (report.revocation() != null) {
			health.withDetail("revocation", report.revocation());
		}
		if (material.name().equals("server")) {
			tellTruth(health);
		}
		return health.build();
	}

	/* The health of a side that speaks plaintext because somebody wrote it down. */
	Health ofPlaintext(String name, String mode) {
		Health.Builder health = Health.up().withDetail("mode", mode);
		if (name.equals("server")) {
			tellTruth(health);
		}
		return health.build();
	}

	private void tellTruth(Health.Builder health) {
		TruthCheck.Finding finding = this.truth.finding();
		if (finding != null) {
			health.withDetail("served", finding.words());
			if (finding.differs()) {
				health.outOfService();
			}
		}
	}

	private Status status(Validity state) {
		return switch (state) {
			case VALID -> Status.UP;
			case EXPIRING -> this.expiring;
			case EXPIRED, NOT_YET_VALID -> Status.OUT_OF_SERVICE;
		};
	}

	private static List<Map<String, Object>> describe(List<CertificatesReport.Certificate> certificates) {
		return certificates.stream()
			.map((certificate) -> Map.<String, Object>of("subject", certificate.subject(), "notAfter",
					certificate.notAfter().toString(), "secondsLeft", certificate.secondsLeft(), "state",
					certificate.state()))
			.toList();
	}

}
