package io.github.securegrpc.validation;

import java.security.PublicKey;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.CrlPolicy;
import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.check.CrlScope;
import io.github.securegrpc.material.check.Issuer;
import io.github.securegrpc.text.Printable;

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
	 * Refuses a certificate that any list names which its issuer's key signed, be the
	 * list expired or not, and whichever certificate of that key the peer presents; and
	 * under the strict policy a leaf whose issuer has no list that holds now. The list of
	 * an intermediate's issuer may be absent, but not expired. A list from a clock that
	 * is ahead of ours counts: it is the newest there is.
	 */
	void check(X509Certificate certificate, List<X509Certificate> issuers) throws CertPathValidatorException {
		boolean isLeaf = certificate.getBasicConstraints() < 0;
		boolean answered = false;
		X509CRL stale = null;
		Instant now = this.clock.instant();
		for (Entry entry : this.lists) {
			List<X509Certificate> signers = issuers.stream().filter(entry::isSignedBy).toList();
			if (signers.isEmpty()) {
				continue;
			}
			X509CRLEntry revoked = entry.list.getRevokedCertificate(certificate);
			if (revoked != null) {
				throw refusal(whose(certificate, isLeaf)
						+ " was revoked at %s (%s)".formatted(revoked.getRevocationDate().toInstant(), reason(revoked)),
						BasicReason.REVOKED);
			}
			if (!entry.scope.speaksOf(certificate) || signers.stream().noneMatch(Issuer::maySignLists)) {
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

	/* Returns how many keys are remembered. */
	int remembered() {
		return this.lists.stream().mapToInt((entry) -> entry.signers.size()).sum();
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

	/**
	 * A list, and which keys were found to have signed it or not: nothing that depends on
	 * more of an issuer than its key. A CA can issue itself any number of certificates of
	 * its name, with as many keys.
	 */
	private static final class Entry {

		private final X509CRL list;

		private final CrlScope scope;

		private static final int MAX_SIGNERS = 16;

		private final Map<PublicKey, Boolean> signers = new LinkedHashMap<>() {

			private static final long serialVersionUID = 1L;

			@Override
			protected boolean removeEldestEntry(Map.Entry<PublicKey, Boolean> eldest) {
				return size() > MAX_SIGNERS;
			}

		};

		private Entry(X509CRL list) {
			this.list = list;
			this.scope = CrlScope.of(list);
		}

		private boolean isSignedBy(X509Certificate issuer) {
			if (!this.list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
				return false;
			}
			synchronized (this.signers) {
				Boolean known = this.signers.get(issuer.getPublicKey());
				if (known == null) {
					known = Issuer.signed(issuer.getPublicKey(), this.list);
					this.signers.put(issuer.getPublicKey(), known);
				}
				return known;
			}
		}

	}

}
