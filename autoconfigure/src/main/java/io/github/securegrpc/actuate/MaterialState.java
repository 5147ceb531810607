package io.github.securegrpc.actuate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.CrlPolicy;
import io.github.securegrpc.material.ExpiryWindow;
import io.github.securegrpc.material.Fingerprint;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.material.Validity;
import io.github.securegrpc.rotation.Generation;
import io.github.securegrpc.rotation.Refusal;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.text.SubjectAlternativeNames;

/**
 * The state of material at a moment. A chain is as good as its worst certificate: peers
 * need all of it. Trust anchors are as good as the best of them: one vouches for a peer;
 * but one that is not valid any more, or not for long, should be known.
 */
record MaterialState(Validity state, List<CertificatesReport.Certificate> chain,
		List<CertificatesReport.Certificate> trustAnchors) {

	static MaterialState of(Generation generation, ExpiryWindow window, Instant now) {
		Identity identity = generation.material().identity();
		TrustAnchors anchors = generation.material().trustAnchors();
		List<CertificatesReport.Certificate> chain = describe((identity != null) ? identity.chain() : List.of(), window,
				now);
		List<CertificatesReport.Certificate> trusted = describe((anchors != null) ? anchors.certificates() : List.of(),
				window, now);
		Validity worst = chain.stream()
			.map(CertificatesReport.Certificate::state)
			.reduce(Validity.VALID, MaterialState::worse);
		return new MaterialState(worse(worst, state(trusted)), chain, trusted);
	}

	static CertificatesReport.Material report(RotatingMaterial material, ExpiryWindow window, Instant now) {
		Generation generation = material.current();
		MaterialState state = of(generation, window, now);
		MaterialOrigin origin = material.origin();
		Refusal refusal = material.lastRefusal();
		return new CertificatesReport.Material(material.name(), state.state(), generation.number(),
				generation.loadedAt().truncatedTo(ChronoUnit.SECONDS),
				new CertificatesReport.Source(origin.cert(), origin.key(),
						(generation.material().trustAnchors() != null) ? origin.ca() : null, origin.crl()),
				(refusal != null)
						? new CertificatesReport.Refusal(refusal.at().truncatedTo(ChronoUnit.SECONDS), refusal.reason())
						: null,
				overdueLook(material, now), material.isRenewalLate(now) ? lateRenewal(material, generation) : null,
				expiredLists(generation, now), state.chain(), state.trustAnchors());
	}

	private static @Nullable String overdueLook(RotatingMaterial material, Instant now) {
		Instant since = material.overdueSince();
		return (since != null) ? "the source has not answered since %s, %d s; no replacement is seen until it does"
			.formatted(since.truncatedTo(ChronoUnit.SECONDS), since.until(now, ChronoUnit.SECONDS)) : null;
	}

	private static @Nullable String lateRenewal(RotatingMaterial material, Generation generation) {
		return "two thirds of the leaf's life are over, and %s is unchanged since %s"
			.formatted(material.origin().cert(), generation.loadedAt().truncatedTo(ChronoUnit.SECONDS));
	}

	private static @Nullable String expiredLists(Generation generation, Instant now) {
		RevocationLists lists = generation.material().revocationLists();
		if (lists == null || lists.expired(now).isEmpty()) {
			return null;
		}
		String expired = lists.expired(now)
			.stream()
			.map((list) -> "the CRL of %s expired at %s".formatted(list.getIssuerX500Principal().getName(),
					list.getNextUpdate().toInstant()))
			.collect(Collectors.joining(", "));
		return expired + ((lists.policy() == CrlPolicy.STRICT) ? ": peers whose issuer has no other are refused"
				: ": who was revoked since is accepted");
	}

	private static Validity state(List<CertificatesReport.Certificate> anchors) {
		if (anchors.stream().allMatch((anchor) -> anchor.state() == Validity.VALID)) {
			return Validity.VALID;
		}
		Validity best = anchors.stream()
			.map(CertificatesReport.Certificate::state)
			.reduce(Validity.EXPIRED, MaterialState::better);
		return (best == Validity.VALID) ? Validity.EXPIRING : best;
	}

	private static Validity worse(Validity one, Validity other) {
		return (badness(one) >= badness(other)) ? one : other;
	}

	private static Validity better(Validity one, Validity other) {
		return (badness(one) <= badness(other)) ? one : other;
	}

	private static int badness(Validity validity) {
		return switch (validity) {
			case VALID -> 0;
			case EXPIRING -> 1;
			case NOT_YET_VALID -> 2;
			case EXPIRED -> 3;
		};
	}

	private static List<CertificatesReport.Certificate> describe(List<X509Certificate> certificates,
			ExpiryWindow window, Instant now) {
		return certificates.stream().map((certificate) -> describe(certificate, window, now)).toList();
	}

	private static CertificatesReport.Certificate describe(X509Certificate certificate, ExpiryWindow window,
			Instant now) {
		Instant notAfter = certificate.getNotAfter().toInstant();
		return new CertificatesReport.Certificate(certificate.getSubjectX500Principal().getName(),
				certificate.getIssuerX500Principal().getName(), certificate.getSerialNumber().toString(16),
				SubjectAlternativeNames.of(certificate), certificate.getNotBefore().toInstant(), notAfter,
				notAfter.getEpochSecond() - now.getEpochSecond(), Fingerprint.of(certificate),
				window.validity(certificate, now));
	}

}
