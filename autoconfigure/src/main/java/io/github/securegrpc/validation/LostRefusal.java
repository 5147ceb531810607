package io.github.securegrpc.validation;

import java.security.cert.CertPathValidatorException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.check.Issuer;

/**
 * Finds out whether revocation refused a chain, where PKIX does not say: it tells what
 * was wrong with the last path it tried, which may be one to a trust anchor that only
 * bears the issuer's name. For explanations: what is refused stays refused.
 */
record LostRefusal(AnchorSet anchors, Revocation revocation) {

	/* Looks at what the trust anchors vouch for. */
	@Nullable CertPathValidatorException find(X509Certificate[] vouched) {
		try {
			ask(vouched[0], new ArrayList<>(Arrays.asList(vouched).subList(1, vouched.length)));
			return null;
		}
		catch (CertPathValidatorException ex) {
			return ex;
		}
	}

	/*
	 * Returns whether a trust anchor vouches for a certificate. Each of the others is
	 * looked at only once, whoever else it could have issued.
	 */
	private boolean ask(X509Certificate certificate, List<X509Certificate> others) throws CertPathValidatorException {
		List<X509Certificate> issuers = this.anchors.issuersOf(certificate);
		if (!issuers.isEmpty()) {
			this.revocation.check(certificate, issuers);
			return true;
		}
		for (X509Certificate other : List.copyOf(others)) {
			if (Issuer.issued(other, certificate) && others.remove(other) && ask(other, others)) {
				this.revocation.check(certificate, List.of(other));
				return true;
			}
		}
		return false;
	}

}
