package io.github.securegrpc.certs.cli.report;

import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.CrlPolicy;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.material.check.CrlCheck;
import io.github.securegrpc.material.check.CrlScope;
import io.github.securegrpc.material.check.Issuer;

/**
 * Whether a chain is revoked (RFC 5280, 5), by the rules of an application with the
 * starter and {@code crl-policy: strict}: every list of the file is usable, a certificate
 * is asked of the lists of its issuer only, and a leaf that none of them speaks of is
 * refused.
 *
 * @param lists what the file holds
 * @param from the file, for the messages
 * @param now when the lists must hold
 * @since 0.1.0
 */
public record RevocationCheck(List<X509CRL> lists, String from, Instant now) {

	public RevocationCheck {
		lists = List.copyOf(lists);
		if (lists.isEmpty()) {
			throw new RefusedException("%s: no list of revoked certificates (expected: one)".formatted(from),
					"Name the list of the authority.");
		}
	}

	/**
	 * Refuses a chain that is revoked, or of which the lists cannot tell.
	 * @param chain the chain, leaf first
	 * @param anchors the certificates of authorities that are trusted
	 * @throws RefusedException if it is revoked, or nobody can tell
	 */
	public void notRevoked(List<X509Certificate> chain, List<X509Certificate> anchors) {
		new CrlCheck(this.from, new TrustAnchors(anchors)).check(new RevocationLists(this.lists, CrlPolicy.STRICT));
		X509Certificate leaf = chain.get(0);
		List<X509Certificate> authorities = Stream.concat(anchors.stream(), chain.stream()).toList();
		for (X509Certificate certificate : chain) {
			if (!certificate.equals(leaf) && anchors.contains(certificate)) {
				break;
			}
			List<X509CRL> ofIssuer = listsOfIssuer(certificate, authorities);
			ofIssuer.forEach((list) -> requireAbsent(certificate, list));
			boolean answered = ofIssuer.stream().anyMatch((list) -> !RevocationLists.isExpired(list, this.now));
			if (!answered && (!ofIssuer.isEmpty() || certificate.equals(leaf))) {
				throw unanswered(certificate, ofIssuer.isEmpty() ? null : ofIssuer.get(0));
			}
		}
	}

	private List<X509CRL> listsOfIssuer(X509Certificate certificate, List<X509Certificate> authorities) {
		List<X509Certificate> issuers = authorities.stream()
			.filter((authority) -> Issuer.issued(authority, certificate))
			.toList();
		return this.lists.stream()
			.filter((list) -> CrlScope.of(list).speaksOf(certificate))
			.filter((list) -> issuers.stream().anyMatch((issuer) -> Issuer.issued(issuer, list)))
			.toList();
	}

	private void requireAbsent(X509Certificate certificate, X509CRL list) {
		X509CRLEntry entry = list.getRevokedCertificate(certificate);
		if (entry != null) {
			throw new RefusedException(
					"%s: %s is revoked since %s (expected: a certificate in use)".formatted(this.from,
							certificate.getSubjectX500Principal(), entry.getRevocationDate().toInstant()),
					"Issue a new certificate under another name.");
		}
	}

	private RefusedException unanswered(X509Certificate certificate, @Nullable X509CRL stale) {
		if (stale != null) {
			return new RefusedException(
					"%s: out of date since %s (expected: a list that is newer)".formatted(this.from,
							stale.getNextUpdate().toInstant()),
					"Issue the list anew: secure-grpc-certs revoke, without a name.");
		}
		return new RefusedException(
				"%s: no list that speaks of %s, but of %s (expected: one that its issuer signed, %s)".formatted(
						this.from, certificate.getSubjectX500Principal(),
						this.lists.stream().map((list) -> list.getIssuerX500Principal().toString()).toList(),
						certificate.getIssuerX500Principal()),
				"Name the list of the authority that issued it, which alone can tell.");
	}

}
