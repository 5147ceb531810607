package io.github.securegrpc.material;

/**
 * The clock that security goes by: what is valid, expired, or due. It is a bean of its
 * own, never whatever {@link java.time.Clock} an application has for its own purposes: a
 * fixed one would keep an expired certificate welcome. Tests that move the time define a
 * bean of this name.
 *
 * @since 0.1.0
 */
public final class SecurityClock {

	/** The name of the bean. */
	public static final String NAME = "secureGrpcClock";

	private SecurityClock() {
	}

}
