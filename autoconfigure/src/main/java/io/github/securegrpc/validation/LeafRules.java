package io.github.securegrpc.validation;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;

import io.github.securegrpc.material.Validity;
import io.github.securegrpc.material.check.CertificateStrength;
import io.github.securegrpc.text.Printable;
import io.github.securegrpc.text.SubjectAlternativeNames;

/**
 * Rules for the leaf that the platform does not hold it to.
 */
final class LeafRules {

	private static final int X509_V3 = 3;

	private final AnchorSet anchors;

	private final TrustRules rules;

	LeafRules(AnchorSet anchors, TrustRules rules) {
		this.anchors = anchors;
		this.rules = rules;
	}

	/*
	 * Checks a leaf that is itself a trust anchor. The platform asks nothing of it, not
	 * even that it is valid now. It may be a self-signed CA, as `openssl req -x509` makes
	 * it.
	 */
	void checkPinned(X509Certificate leaf) throws CertificateException {
		if (!this.rules.pins().isEmpty() && !this.rules.pins().contains(Pin.of(leaf))) {
			throw new CertificateException("its public key is not among the pins of the channel");
		}
		if (!this.rules.isStrict()) {
			return;
		}
		Validity validity = Validity.of(leaf, this.rules.clock().instant());
		if (validity != Validity.VALID) {
			throw new CertificateException(PathExplanation.validity(leaf, validity));
		}
		String weakness = CertificateStrength.weakKey(leaf);
		if (weakness != null) {
			throw new CertificateException("it has " + weakness);
		}
	}

	/*
	 * Checks a leaf that some trust anchor must vouch for. Pins and revocation lists rely
	 * on it not being a CA.
	 */
	void checkIssued(X509Certificate leaf) throws CertificateException {
		boolean mustBeLeaf = this.rules.isStrict() || !this.rules.pins().isEmpty()
				|| this.anchors.revocationLists() != null;
		if (mustBeLeaf && leaf.getBasicConstraints() >= 0) {
			throw new CertificateException("it is a CA certificate (expected: an end-entity certificate)");
		}
		if (this.rules.isStrict() && leaf.getVersion() < X509_V3) {
			throw new CertificateException(
					"it is an X.509 version %d certificate (expected: version 3)".formatted(leaf.getVersion()));
		}
	}

	/*
	 * Checks that a server's leaf is named by subject alternative names alone: the
	 * platform falls back to the CN, and accepts wildcards in any label.
	 */
	void checkServerNames(X509Certificate leaf) throws CertificateException {
		if (!this.rules.isStrict()) {
			return;
		}
		try {
			leaf.getSubjectAlternativeNames();
		}
		catch (CertificateParsingException ex) {
			throw new CertificateException("its subject alternative names cannot be read", ex);
		}
		if (SubjectAlternativeNames.of(leaf).isEmpty()) {
			throw new CertificateException("it has no subject alternative name (the CN is not a name)");
		}
		for (String name : SubjectAlternativeNames.of(leaf)) {
			if (name.startsWith("dns:") && name.contains("*") && !name.matches("dns:\\*\\.[^*]+")) {
				throw new CertificateException("its name %s has a wildcard that is not the whole first label"
					.formatted(Printable.names(leaf)));
			}
		}
	}

}
