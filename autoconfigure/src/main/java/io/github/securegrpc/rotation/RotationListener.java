package io.github.securegrpc.rotation;

/**
 * Is told when material is loaded, when it changes, and when a replacement is refused;
 * changes and refusals are also published to the application context. Called on the
 * thread that looked at the source, after the fact: of one material one call at a time,
 * of several perhaps at once. What is thrown of a change or a refusal is logged and
 * changes nothing.
 *
 * @since 0.1.0
 */
public interface RotationListener {

	/**
	 * The first generation of some material was loaded, at start or with the first use of
	 * a channel. What is thrown here refuses the material.
	 * @param material the material
	 */
	default void loaded(RotatingMaterial material) {
	}

	/**
	 * A new generation is in force: every new handshake uses it.
	 * @param event which
	 */
	default void rotated(MaterialRotated event) {
	}

	/**
	 * A replacement was not taken. The same content is not reported twice.
	 * @param event which, and why
	 */
	default void refused(MaterialRefused event) {
	}

}
