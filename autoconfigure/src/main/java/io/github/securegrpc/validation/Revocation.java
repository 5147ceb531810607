package io.github.securegrpc.validation;

import java.security.PublicKey;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.CrlPolicy;
import io.github.securegrpc.material.CrlScope;
import io.github.securegrpc.material.Issuer;
import io.github.securegrpc.material.Printable;
import io.github.securegrpc.material.RevocationLists;

/**
 * Asks the revocation lists of a certificate's issuer for it. A list counts where the
 * issuer in the path signed it, which is found out once. Thread-safe.
 */
final class Revocation {

	private final List<Entry> lists;

	private final CrlPolicy policy;

	private final Clock clock;

	Revocation(RevocationLists lists, Clock clock) {
		this.lists = lists.lists().stream().map(Entry::new).toList();
		this.policy = lists.policy();
		this.clock = clock;
	}

	/*
	 * Refuses a certificate that any list names, be the list expired or not; and under
	 * the strict policy a leaf whose issuer has no list that holds now. The list of an
	 * intermediate's issuer may be absent, but not expired. A list from a clock that is
	 * ahead of ours counts: it is the newest there is.
	 */
	void check(X509Certificate certificate, List<X509Certificate> issuers) throws CertPathValidatorException {
		boolean isLeaf = certificate.getBasicConstraints() < 0;
		boolean answered = false;
		X509CRL stale = null;
		Instant now = this.clock.instant();
		for (Entry entry : this.lists) {
			if (issuers.stream().noneMatch(entry::isIssuedBy)) {
				continue;
			}
			X509CRLEntry revoked = entry.list.getRevokedCertificate(certificate);
			if (revoked != null) {
				throw refusal(whose(certificate, isLeaf)
						+ " was revoked at %s (%s)".formatted(revoked.getRevocationDate().toInstant(), reason(revoked)),
						BasicReason.REVOKED);
			}
			if (!entry.scope.speaksOf(certificate)) {
				continue;
			}
			if (RevocationLists.isExpired(entry.list, now)) {
				stale = entry.list;
			}
			else {
				answered = true;
			}
		}
		if (!answered && this.policy == CrlPolicy.STRICT && (isLeaf || stale != null)) {
			throw refusal(unanswered(certificate, stale), BasicReason.UNDETERMINED_REVOCATION_STATUS);
		}
	}

	private static String whose(X509Certificate certificate, boolean isLeaf) {
		return isLeaf ? "it" : "its issuer " + Printable.subject(certificate);
	}

	private static String unanswered(X509Certificate certificate, @Nullable X509CRL stale) {
		String issuer = Printable.issuer(certificate);
		if (stale == null) {
			return "there is no CRL that %s signed, and crl-policy is strict: add it to secure-grpc.….crl"
				.formatted(issuer);
		}
		return "the CRL of %s holds from %s to %s, and crl-policy is strict: fetch a new one".formatted(issuer,
				stale.getThisUpdate().toInstant(), stale.getNextUpdate().toInstant());
	}

	private static String reason(X509CRLEntry revoked) {
		return (revoked.getRevocationReason() != null)
				? revoked.getRevocationReason().name().toLowerCase(Locale.ROOT).replace('_', ' ') : "no reason given";
	}

	private static CertPathValidatorException refusal(String message, BasicReason reason) {
		return new CertPathValidatorException(message, null, null, -1, reason);
	}

	/** A list, and which keys were found to have signed it or not. */
	private static final class Entry {

		private final X509CRL list;

		private final CrlScope scope;

		private final Map<PublicKey, Boolean> signers = new ConcurrentHashMap<>();

		private Entry(X509CRL list) {
			this.list = list;
			this.scope = CrlScope.of(list);
		}

		private boolean isIssuedBy(X509Certificate issuer) {
			return this.list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
					&& this.signers.computeIfAbsent(issuer.getPublicKey(), (key) -> Issuer.issued(issuer, this.list));
		}

	}

}
