package io.github.securegrpc.rotation;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.github.securegrpc.material.ExpiryWindow;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.Validity;
import io.github.securegrpc.text.PrintableLog;

/**
 * Warns of every certificate in force that is expiring or has expired, leaf, intermediate
 * or trust anchor, of every leaf whose renewal is late, and of every revocation list that
 * should have been replaced; of each, in each material, once a day. Thread-safe.
 */
final class ExpiryWarnings {

	private static final PrintableLog logger = PrintableLog.of(ExpiryWarnings.class);

	private static final Duration DAY = Duration.ofDays(1);

	private final RotatingMaterials materials;

	private final ExpiryWindow window;

	private final Clock clock;

	private final Map<Warned, Instant> warned = new HashMap<>();

	ExpiryWarnings(RotatingMaterials materials, ExpiryWindow window, Clock clock) {
		this.materials = materials;
		this.window = window;
		this.clock = clock;
	}

	synchronized void look() {
		Instant now = this.clock.instant();
		this.warned.values().removeIf((at) -> !now.isBefore(at.plus(DAY)));
		for (RotatingMaterial material : this.materials.all()) {
			certificates(material.current().material()).forEach((certificate) -> look(material, certificate, now));
			RevocationLists lists = material.current().material().revocationLists();
			if (lists != null) {
				lists.expired(now).forEach((list) -> warn(material, list, now));
			}
		}
	}

	private void look(RotatingMaterial material, X509Certificate certificate, Instant now) {
		Validity validity = this.window.validity(certificate, now);
		boolean late = isLeaf(material, certificate) && material.isRenewalLate(now);
		if ((validity != Validity.VALID || late) && isDue(material, certificate, now)) {
			logger.warn("%s: %s %s at %s: %s%s".formatted(material.name(), certificate.getSubjectX500Principal(),
					verb(validity),
					((validity == Validity.NOT_YET_VALID) ? certificate.getNotBefore() : certificate.getNotAfter())
						.toInstant(),
					isOurs(material, certificate) ? material.origin().cert() : material.origin().ca(),
					late ? "; two thirds of its life are over, and its file is unchanged since "
							+ material.current().loadedAt() + " (expected: a renewal)" : ""));
		}
	}

	private void warn(RotatingMaterial material, X509CRL list, Instant now) {
		if (isDue(material, list, now)) {
			logger.warn("%s: the CRL of %s expired at %s: %s (expected: the next one)".formatted(material.name(),
					list.getIssuerX500Principal(), list.getNextUpdate().toInstant(), material.origin().crl()));
		}
	}

	private boolean isDue(RotatingMaterial material, Object what, Instant now) {
		return this.warned.putIfAbsent(new Warned(material.name(), what), now) == null;
	}

	private static String verb(Validity validity) {
		return switch (validity) {
			case VALID, EXPIRING -> "expires";
			case EXPIRED -> "expired";
			case NOT_YET_VALID -> "becomes valid";
		};
	}

	private static boolean isOurs(RotatingMaterial material, X509Certificate certificate) {
		Identity identity = material.current().material().identity();
		return identity != null && identity.chain().contains(certificate);
	}

	private static boolean isLeaf(RotatingMaterial material, X509Certificate certificate) {
		Identity identity = material.current().material().identity();
		return identity != null && identity.leaf().equals(certificate);
	}

	private static Stream<X509Certificate> certificates(TlsMaterial material) {
		return Stream.concat((material.identity() != null) ? material.identity().chain().stream() : Stream.empty(),
				(material.trustAnchors() != null) ? material.trustAnchors().certificates().stream() : Stream.empty());
	}

	/** A certificate or revocation list of one material; several may have the same. */
	private record Warned(String material, Object what) {

	}

}
