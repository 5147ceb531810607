package io.github.securegrpc.certs.cli.report;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.Validity;
import io.github.securegrpc.material.check.Issuer;

/**
 * Whether a chain reaches an authority (RFC 5280, 6).
 *
 * @param anchors the certificates of the authority
 * @param from where they came from, for the messages
 * @param now when the chain must be valid
 * @since 0.1.0
 */
public record PathCheck(List<X509Certificate> anchors, String from, Instant now) {

	public PathCheck {
		anchors = List.copyOf(anchors);
		if (anchors.isEmpty()) {
			throw new RefusedException("%s: no certificate (expected: that of an authority)".formatted(from),
					"Name the file with the certificates of the authority.");
		}
	}

	/**
	 * Refuses a chain that does not reach the authority.
	 * @param chain the chain, leaf first
	 * @throws RefusedException if it does not
	 */
	public void reaches(List<X509Certificate> chain) {
		List<X509Certificate> path = new ArrayList<>();
		for (X509Certificate certificate : chain) {
			if (this.anchors.contains(certificate)) {
				break;
			}
			path.add(certificate);
		}
		if (path.isEmpty()) {
			requireValid(chain.get(0));
			return;
		}
		X509Certificate last = path.get(path.size() - 1);
		X509Certificate anchor = this.anchors.stream()
			.filter((candidate) -> Issuer.issued(candidate, last))
			.findFirst()
			.orElseThrow(() -> unknown(last));
		requireValid(anchor);
		validate(path);
	}

	private void validate(List<X509Certificate> path) {
		try {
			Set<TrustAnchor> trustAnchors = this.anchors.stream()
				.map((anchor) -> new TrustAnchor(anchor, null))
				.collect(Collectors.toSet());
			PKIXParameters parameters = new PKIXParameters(trustAnchors);
			parameters.setRevocationEnabled(false);
			parameters.setDate(Date.from(this.now));
			CertPathValidator.getInstance("PKIX")
				.validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
		}
		catch (CertPathValidatorException ex) {
			throw refused(path.get(Math.max(0, ex.getIndex())), String.valueOf(ex.getMessage()));
		}
		catch (GeneralSecurityException ex) {
			throw refused(path.get(0), String.valueOf(ex.getMessage()));
		}
	}

	private void requireValid(X509Certificate anchor) {
		if (Validity.of(anchor, this.now) != Validity.VALID) {
			throw refused(anchor, "it is valid from %s to %s".formatted(anchor.getNotBefore().toInstant(),
					anchor.getNotAfter().toInstant()));
		}
	}

	private RefusedException unknown(X509Certificate last) {
		boolean sameName = this.anchors.stream()
			.anyMatch((anchor) -> anchor.getSubjectX500Principal().equals(last.getIssuerX500Principal()));
		return refused(last, sameName ? "an authority of the same name, but with another key, issued it"
				: "it is issued by " + last.getIssuerX500Principal());
	}

	private RefusedException refused(X509Certificate certificate, String reason) {
		return new RefusedException(
				"%s: %s does not reach it: %s (expected: a chain up to %s)".formatted(this.from,
						certificate.getSubjectX500Principal(), reason,
						this.anchors.stream().map((anchor) -> anchor.getSubjectX500Principal().toString()).toList()),
				"Name the authority that issued it, or put the missing intermediates behind the leaf.");
	}

}
