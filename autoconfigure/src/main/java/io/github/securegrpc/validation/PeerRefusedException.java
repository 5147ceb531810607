package io.github.securegrpc.validation;

import java.security.cert.CertificateException;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.text.Printable;

/**
 * A peer's certificate is refused. The message says whose it is, what is wrong with it
 * and what to do; it and what is said of the cause are printable, whatever the peer
 * wrote.
 *
 * @since 0.1.0
 */
public final class PeerRefusedException extends CertificateException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	private final transient @Nullable Throwable refusal;

	PeerRefusedException(Reason reason, String message, Throwable cause) {
		super(Printable.line(message), null);
		this.reason = reason;
		this.refusal = cause;
	}

	/**
	 * Returns what the JVM said, made printable when it is asked for: most never ask, and
	 * strangers can have any number of these made.
	 */
	@Override
	public synchronized @Nullable Throwable getCause() {
		return (this.refusal != null) ? Printable.trace(this.refusal) : null;
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
