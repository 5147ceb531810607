package io.github.securegrpc.material;

import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * Where a moment lies relative to a certificate's not before and not after, both
 * inclusive (RFC 5280, 4.1.2.5).
 *
 * @since 0.1.0
 */
public enum Validity {

	/** Valid. */
	VALID,

	/** Valid, and so near to its not after that somebody should know. */
	EXPIRING,

	/** Past its not after. */
	EXPIRED,

	/** Before its not before. */
	NOT_YET_VALID;

	/**
	 * Returns the state of a certificate at a moment, without a look at how near its end
	 * is: {@link ExpiryWindow#validity} does that.
	 * @param certificate the certificate
	 * @param now the moment
	 * @return its state
	 */
	public static Validity of(X509Certificate certificate, Instant now) {
		if (now.isAfter(certificate.getNotAfter().toInstant())) {
			return EXPIRED;
		}
		return now.isBefore(certificate.getNotBefore().toInstant()) ? NOT_YET_VALID : VALID;
	}

}
