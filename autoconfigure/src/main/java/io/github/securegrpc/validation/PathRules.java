package io.github.securegrpc.validation;

import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.CertificateStrength;
import io.github.securegrpc.material.Validity;

/**
 * Rules for every certificate of the path that PKIX builds, from the one the trust anchor
 * issued down to the leaf, and for the anchor itself. PKIX clones this object for each
 * validation, so that its state belongs to one path.
 */
final class PathRules extends PKIXCertPathChecker {

	private final AnchorSet anchors;

	private final TrustRules rules;

	private List<X509Certificate> path = new ArrayList<>();

	PathRules(AnchorSet anchors, TrustRules rules) {
		this.anchors = anchors;
		this.rules = rules;
	}

	@Override
	public void init(boolean forward) throws CertPathValidatorException {
		if (forward) {
			throw new CertPathValidatorException("forward checking is not supported");
		}
		this.path = new ArrayList<>();
	}

	@Override
	public boolean isForwardCheckingSupported() {
		return false;
	}

	@Override
	public @Nullable Set<String> getSupportedExtensions() {
		return null;
	}

	@Override
	public void check(Certificate certificate, Collection<String> unresolvedCriticalExtensions)
			throws CertPathValidatorException {
		X509Certificate x509 = (X509Certificate) certificate;
		if (this.path.isEmpty()) {
			for (X509Certificate anchor : usableAnchors(x509)) {
				this.path.add(anchor);
			}
		}
		this.path.add(x509);
		if (this.rules.isStrict()) {
			refuse(CertificateStrength.weakKey(x509), x509);
			refuse(CertificateStrength.weakSignature(x509), x509);
		}
		boolean isLeaf = x509.getBasicConstraints() < 0;
		if (isLeaf && !this.rules.pins().isEmpty()) {
			checkPins();
		}
	}

	private List<X509Certificate> usableAnchors(X509Certificate top) throws CertPathValidatorException {
		List<X509Certificate> issuers = this.anchors.issuersOf(top);
		if (!this.rules.isStrict()) {
			return issuers;
		}
		List<X509Certificate> usable = issuers.stream()
			.filter((anchor) -> Validity.of(anchor, this.rules.clock().instant()) == Validity.VALID)
			.toList();
		if (usable.isEmpty()) {
			throw new CertPathValidatorException("the trust anchor %s of %s is expired or not yet valid"
				.formatted(issuers.isEmpty() ? "?" : Printable.subject(issuers.get(0)), this.anchors.origin()));
		}
		if (usable.stream().allMatch((anchor) -> CertificateStrength.weakKey(anchor) != null)) {
			refuse(CertificateStrength.weakKey(usable.get(0)), usable.get(0));
		}
		return usable;
	}

	private void checkPins() throws CertPathValidatorException {
		if (this.path.stream().map(Pin::of).noneMatch(this.rules.pins()::contains)) {
			throw new CertPathValidatorException("no public key of the path is among the pins of the channel");
		}
	}

	private static void refuse(@Nullable String weakness, X509Certificate certificate)
			throws CertPathValidatorException {
		if (weakness != null) {
			throw new CertPathValidatorException("%s has %s".formatted(Printable.subject(certificate), weakness));
		}
	}

}
