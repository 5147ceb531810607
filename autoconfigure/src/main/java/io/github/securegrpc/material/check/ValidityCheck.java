package io.github.securegrpc.material.check;

import java.security.cert.X509Certificate;
import java.time.Instant;

import io.github.securegrpc.material.NotYetValidException;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.Validity;

/**
 * A certificate must be valid now (RFC 5280, 4.1.2.5).
 */
final class ValidityCheck {

	private ValidityCheck() {
	}

	static void check(X509Certificate certificate, String from, Instant now) {
		Validity validity = Validity.of(certificate, now);
		if (validity == Validity.EXPIRED) {
			throw new RefusedException(
					"%s: %s expired at %s (now: %s)".formatted(from, certificate.getSubjectX500Principal(),
							certificate.getNotAfter().toInstant(), now),
					"Renew the certificate. If it is new, check this machine's clock.");
		}
		if (validity == Validity.NOT_YET_VALID) {
			throw new NotYetValidException(
					"%s: %s is not valid before %s (now: %s)".formatted(from, certificate.getSubjectX500Principal(),
							certificate.getNotBefore().toInstant(), now),
					"Wait until it is valid, or check this machine's clock.", certificate.getNotBefore().toInstant());
		}
	}

}
