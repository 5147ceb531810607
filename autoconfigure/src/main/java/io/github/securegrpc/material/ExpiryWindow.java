package io.github.securegrpc.material;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How long before its not after a certificate counts as expiring.
 *
 * @param warnBefore the time before, or {@code null} for a third of the certificate's
 * lifetime
 * @since 0.1.0
 */
public record ExpiryWindow(@Nullable Duration warnBefore) {

	/**
	 * Returns the moment from which a certificate counts as expiring.
	 * @param certificate the certificate
	 * @return the moment
	 */
	public Instant warnsFrom(X509Certificate certificate) {
		return warnsFrom(certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
	}

	/**
	 * Returns the moment from which a certificate counts as expiring.
	 * @param notBefore the begin of its validity
	 * @param notAfter the end of its validity
	 * @return the moment
	 */
	public Instant warnsFrom(Instant notBefore, Instant notAfter) {
		return notAfter
			.minus((this.warnBefore != null) ? this.warnBefore : Duration.between(notBefore, notAfter).dividedBy(3));
	}

	/**
	 * Returns the state of a certificate at a moment.
	 * @param certificate the certificate
	 * @param now the moment
	 * @return its state
	 */
	public Validity validity(X509Certificate certificate, Instant now) {
		Validity validity = Validity.of(certificate, now);
		return (validity == Validity.VALID && !now.isBefore(warnsFrom(certificate))) ? Validity.EXPIRING : validity;
	}

}
