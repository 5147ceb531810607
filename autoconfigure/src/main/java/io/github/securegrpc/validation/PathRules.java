package io.github.securegrpc.validation;

import java.security.cert.CertPathValidatorException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Validity;
import io.github.securegrpc.material.check.CertificateStrength;
import io.github.securegrpc.material.check.MaterialCheck.Side;
import io.github.securegrpc.text.Printable;

/**
 * Rules for every certificate of the path, and for the trust anchor that vouches for it.
 */
final class PathRules extends PathChecker {

	private final AnchorSet anchors;

	private final TrustRules rules;

	private final Side peer;

	/* Of several with one name and key, those that may vouch for all of the path. */
	private List<X509Certificate> roots = List.of();

	private List<X509Certificate> path = new ArrayList<>();

	PathRules(AnchorSet anchors, TrustRules rules, Side peer) {
		this.anchors = anchors;
		this.rules = rules;
		this.peer = peer;
	}

	@Override
	void begin() {
		this.roots = List.of();
		this.path = new ArrayList<>();
	}

	@Override
	void examine(X509Certificate certificate) throws CertPathValidatorException {
		boolean isLeaf = certificate.getBasicConstraints() < 0;
		if (this.path.isEmpty()) {
			this.roots = this.anchors.issuersOf(certificate);
		}
		if (this.rules.isStrict()) {
			refuse(weakness(certificate));
			refuse(has(certificate, CertificateForm.objection(certificate)));
			for (X509Certificate authority : this.path) {
				refuse(objection(authority, certificate, isLeaf));
			}
			checkRoots(certificate, isLeaf);
		}
		this.path.add(certificate);
		if (isLeaf && !this.rules.pins().isEmpty()) {
			checkPins();
		}
	}

	private void checkRoots(X509Certificate certificate, boolean isLeaf) throws CertPathValidatorException {
		String refusal = "no trust anchor of %s issued %s".formatted(this.anchors.origin(),
				Printable.subject(certificate));
		List<X509Certificate> vouching = new ArrayList<>();
		for (X509Certificate root : this.roots) {
			String objection = objection(root);
			if (objection == null) {
				objection = objection(root, certificate, isLeaf);
			}
			if (objection == null) {
				vouching.add(root);
			}
			else {
				refusal = objection;
			}
		}
		if (vouching.isEmpty()) {
			refuse(refusal);
		}
		this.roots = vouching;
	}

	private @Nullable String objection(X509Certificate root) {
		if (Validity.of(root, this.rules.clock().instant()) != Validity.VALID) {
			return "the trust anchor %s of %s is expired or not yet valid".formatted(Printable.subject(root),
					this.anchors.origin());
		}
		String weakness = CertificateStrength.weakKey(root);
		return has(root, (weakness != null) ? weakness : CertificateForm.objectionToAnchor(root));
	}

	private static @Nullable String has(X509Certificate certificate, @Nullable String objection) {
		return (objection != null) ? "%s has %s".formatted(Printable.subject(certificate), objection) : null;
	}

	/* Returns why an authority may not vouch for a certificate below it. */
	private @Nullable String objection(X509Certificate authority, X509Certificate certificate, boolean isLeaf) {
		if (!this.peer.admits(authority)) {
			return "its issuer %s may not issue certificates for %s (its extended key usage)"
				.formatted(Printable.subject(authority), (this.peer == Side.SERVER) ? "servers" : "clients");
		}
		// the leaf's names are what it is accepted for; those of authorities are never
		// asked for
		return (!isLeaf || NameConstraints.permit(authority, certificate)) ? null
				: "%s has a name that its issuer %s may not give (its name constraints)"
					.formatted(Printable.subject(certificate), Printable.subject(authority));
	}

	private void checkPins() throws CertPathValidatorException {
		if (Stream.concat(this.roots.stream(), this.path.stream())
			.map(Pin::of)
			.noneMatch(this.rules.pins()::contains)) {
			refuse("no public key of the path is among the pins of the channel");
		}
	}

	private static @Nullable String weakness(X509Certificate certificate) {
		String weakness = CertificateStrength.weakKey(certificate);
		if (weakness == null) {
			weakness = CertificateStrength.weakSignature(certificate);
		}
		return has(certificate, weakness);
	}

	private static void refuse(@Nullable String objection) throws CertPathValidatorException {
		if (objection != null) {
			throw new CertPathValidatorException(objection);
		}
	}

}
