package io.github.securegrpc.material.check;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.TrustAnchors;

/**
 * What revocation lists must satisfy before they are used: each is whole, says how long
 * it holds, and is signed by its issuer where that is a trust anchor. The issuers that
 * are not are known only when a peer presents them. Immutable.
 *
 * @param from where the lists came from, for the messages
 * @param anchors the trust anchors, or {@code null} if there are none of ours
 * @since 0.1.0
 */
public record CrlCheck(String from, @Nullable TrustAnchors anchors) {

	/**
	 * Checks every list.
	 * @param lists the lists
	 * @throws RefusedException if one must not be used
	 */
	public void check(RevocationLists lists) {
		lists.lists().forEach(this::check);
	}

	private void check(X509CRL list) {
		String unusable = unusable(list);
		if (unusable != null) {
			throw new RefusedException(
					"%s: the CRL of %s %s".formatted(this.from, list.getIssuerX500Principal(), unusable),
					"Have the CA issue a complete CRL (RFC 5280, 5) of its own certificates, with SHA-256 or better.");
		}
		List<X509Certificate> issuers = (this.anchors == null) ? List.of()
				: this.anchors.certificates()
					.stream()
					.filter((anchor) -> anchor.getSubjectX500Principal().equals(list.getIssuerX500Principal()))
					.toList();
		if (!issuers.isEmpty() && issuers.stream().noneMatch((issuer) -> Issuer.issued(issuer, list))) {
			throw new RefusedException(
					"%s: the CRL of %s is not signed by the trust anchor of that name (expected: its signature, and cRLSign in its key usage)"
						.formatted(this.from, list.getIssuerX500Principal()),
					"Fetch the CRL from the CA again.");
		}
	}

	private static @Nullable String unusable(X509CRL list) {
		if (CertificateStrength.isWeakDigest(list.getSigAlgName(), list.getSigAlgParams())) {
			return "has a %s signature (expected: SHA-256 or better)".formatted(list.getSigAlgName());
		}
		if (list.getNextUpdate() == null) {
			return "does not say when the next one comes (expected: nextUpdate)";
		}
		return CrlScope.of(list).unsupported();
	}

}
