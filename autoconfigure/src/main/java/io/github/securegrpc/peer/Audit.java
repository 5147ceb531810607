package io.github.securegrpc.peer;

/**
 * What is written to the log {@code io.github.securegrpc.audit}.
 *
 * @since 0.1.0
 */
public enum Audit {

	/** Each call that is or would be denied. */
	DENIALS,

	/** Also the first call of each connection. */
	ALL

}
