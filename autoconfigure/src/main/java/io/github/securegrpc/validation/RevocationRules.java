package io.github.securegrpc.validation;

import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Asks for every certificate of the path that PKIX builds whether its issuer revoked it.
 * PKIX clones this object for each validation, so that its state belongs to one path.
 */
final class RevocationRules extends PKIXCertPathChecker {

	private final AnchorSet anchors;

	private final Revocation revocation;

	private @Nullable X509Certificate issuer;

	RevocationRules(AnchorSet anchors, Revocation revocation) {
		this.anchors = anchors;
		this.revocation = revocation;
	}

	@Override
	public void init(boolean forward) throws CertPathValidatorException {
		if (forward) {
			throw new CertPathValidatorException("forward checking is not supported");
		}
		this.issuer = null;
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
		this.revocation.check(x509, (this.issuer != null) ? List.of(this.issuer) : this.anchors.issuersOf(x509));
		this.issuer = x509;
	}

}
