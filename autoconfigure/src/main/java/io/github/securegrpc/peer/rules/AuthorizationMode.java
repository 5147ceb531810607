package io.github.securegrpc.peer.rules;

/**
 * What becomes of a call that no rule allows.
 *
 * @since 0.1.0
 */
public enum AuthorizationMode {

	/** It is denied. */
	ENFORCE,

	/** It is served, and logged as one that would be denied. */
	SHADOW

}
