package io.github.securegrpc.sample.peer;

/**
 * The peer cannot start with the settings it has.
 */
final class PeerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	PeerException(String description, String action) {
		super(description);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
