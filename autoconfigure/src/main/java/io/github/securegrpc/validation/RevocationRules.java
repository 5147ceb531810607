package io.github.securegrpc.validation;

import java.security.cert.CertPathValidatorException;
import java.security.cert.X509Certificate;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Asks for every certificate of the path whether its issuer revoked it.
 */
final class RevocationRules extends PathChecker {

	private final AnchorSet anchors;

	private final Revocation revocation;

	private @Nullable X509Certificate issuer;

	RevocationRules(AnchorSet anchors, Revocation revocation) {
		this.anchors = anchors;
		this.revocation = revocation;
	}

	@Override
	void begin() {
		this.issuer = null;
	}

	@Override
	void examine(X509Certificate certificate) throws CertPathValidatorException {
		this.revocation.check(certificate,
				(this.issuer != null) ? List.of(this.issuer) : this.anchors.issuersOf(certificate));
		this.issuer = certificate;
	}

}
