package io.github.securegrpc.material;

/**
 * How strictly a peer's path is validated.
 *
 * @since 0.1.0
 */
public enum ValidationMode {

	/** The JVM's PKIX, and our rules on top of it. */
	STRICT,

	/** What the JVM's PKIX alone accepts. */
	PLATFORM

}
