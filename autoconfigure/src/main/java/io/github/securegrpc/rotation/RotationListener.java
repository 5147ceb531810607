package io.github.securegrpc.rotation;

/**
 * Is told when material is loaded, when it changes, and when a replacement is refused;
 * changes and refusals are also published to the application context. Changes and
 * refusals are told after the fact, in order, on a thread of the listener's own, where it
 * may take its time; {@link ImmediateRotationListener} is told at once. What is thrown of
 * them is logged, the first time, and changes nothing.
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
