package io.github.securegrpc.peer;

/**
 * Is told of every call that is denied, or would be in shadow mode, each listener in
 * order and on a thread of its own, where it may take its time: the peer may have heard
 * by then. If it does not keep up, 1,024 denials wait for it, and further ones are not
 * told to it, which is logged; what it throws is logged and changes nothing. Every bean
 * of this type is told.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface DenialListener {

	/**
	 * A call was denied.
	 * @param denial which, to whom and why
	 */
	void denied(Denial denial);

}
