package io.github.securegrpc.material;

/**
 * What it means that a revocation list cannot answer.
 *
 * @since 0.1.0
 */
public enum CrlPolicy {

	/** A peer whose issuer has no current revocation list is refused. */
	STRICT,

	/** Only a peer that a revocation list names is refused. */
	LENIENT

}
