package io.github.securegrpc.sample.signer;

/**
 * The signer cannot start with the files it has.
 */
final class SignerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	SignerException(String description, String action) {
		super(description);
		this.action = action;
	}

	SignerException(String description, String action, Throwable cause) {
		super(description, cause);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
