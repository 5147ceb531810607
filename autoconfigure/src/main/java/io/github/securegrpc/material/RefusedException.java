package io.github.securegrpc.material;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.text.Printable;

/**
 * Something that was configured is refused: the application does not start with it, or a
 * replacement is not taken. The message names the property or file, what it holds and
 * what was expected; {@link #action()} says what to do. Neither ever holds a secret, and
 * both are printable whatever a file holds.
 *
 * @since 0.1.0
 */
public class RefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Creates a refusal.
	 * @param description the property or file, what it holds, what was expected
	 * @param action what to do about it
	 */
	public RefusedException(String description, String action) {
		this(description, action, null);
	}

	/**
	 * Creates a refusal with its cause.
	 * @param description the property or file, what it holds, what was expected
	 * @param action what to do about it
	 * @param cause what was thrown, if anything; kept as it is, for whoever tells by its
	 * type
	 */
	public RefusedException(String description, String action, @Nullable Throwable cause) {
		super(Printable.line(description), cause);
		this.action = Printable.line(action);
	}

	/**
	 * Says what to do about it.
	 * @return the remedy
	 */
	public String action() {
		return this.action;
	}

}
