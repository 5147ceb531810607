package io.github.securegrpc.material;

import java.time.Instant;

/**
 * A certificate is refused only because its time has not come: a replacement is held
 * until then.
 *
 * @since 0.1.0
 */
public final class NotYetValidException extends RefusedException {

	private static final long serialVersionUID = 1L;

	private final Instant validFrom;

	/**
	 * Creates a refusal.
	 * @param description what was refused, and what was expected
	 * @param action what to do about it
	 * @param validFrom when the certificate becomes valid
	 */
	public NotYetValidException(String description, String action, Instant validFrom) {
		super(description, action);
		this.validFrom = validFrom;
	}

	/**
	 * Returns when the certificate becomes valid.
	 * @return its not before
	 */
	public Instant validFrom() {
		return this.validFrom;
	}

}
