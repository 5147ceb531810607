package io.github.securegrpc.peer;

/**
 * What is written to the log {@code io.github.securegrpc.audit}.
 *
 * @since 0.1.0
 */
public enum Audit {

	/** Calls that are or would be denied, within limits. */
	DENIALS,

	/** Also the first call of each connection. */
	ALL

}
