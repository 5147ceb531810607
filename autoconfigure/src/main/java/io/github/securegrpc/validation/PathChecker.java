package io.github.securegrpc.validation;

import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Examines every certificate of the path that PKIX builds, from the one the trust anchor
 * issued down to the leaf. PKIX clones this object for each validation, so that its state
 * belongs to one path.
 */
abstract class PathChecker extends PKIXCertPathChecker {

	/* A new path begins. */
	abstract void begin();

	/* Examines the next certificate below those before. */
	abstract void examine(X509Certificate certificate) throws CertPathValidatorException;

	@Override
	public final void init(boolean forward) throws CertPathValidatorException {
		if (forward) {
			throw new CertPathValidatorException("forward checking is not supported");
		}
		begin();
	}

	@Override
	public final boolean isForwardCheckingSupported() {
		return false;
	}

	@Override
	public final @Nullable Set<String> getSupportedExtensions() {
		return null;
	}

	@Override
	public final void check(Certificate certificate, Collection<String> unresolvedCriticalExtensions)
			throws CertPathValidatorException {
		examine((X509Certificate) certificate);
	}

}
