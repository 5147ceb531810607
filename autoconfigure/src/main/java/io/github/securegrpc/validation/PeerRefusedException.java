package io.github.securegrpc.validation;

import java.security.cert.CertificateException;

import io.github.securegrpc.material.Printable;

/**
 * A peer's certificate is refused. The message says whose it is, what is wrong with it
 * and what to do.
 *
 * @since 0.1.0
 */
public final class PeerRefusedException extends CertificateException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	PeerRefusedException(Reason reason, String message, Throwable cause) {
		super(Printable.line(message), cause);
		this.reason = reason;
	}

	/**
	 * Returns what is wrong with the certificate.
	 * @return the kind of reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * What is wrong with a certificate.
	 */
	public enum Reason {

		/** It, or one it rests on, is past its not after. */
		EXPIRED,

		/** It, or one it rests on, is before its not before. */
		NOT_YET_VALID,

		/** It was revoked by its issuer. */
		REVOKED,

		/** No trust anchor vouches for it. */
		UNKNOWN_AUTHORITY,

		/** It is for other names than the one dialled. */
		WRONG_NAME,

		/** It cannot be read. */
		MALFORMED,

		/** It breaks another rule. */
		RULE

	}

}
