package io.github.securegrpc.peer;

/**
 * Is told of every call that is denied, or would be in shadow mode. Called on the thread
 * of the call or of what ended it: it must not block, and what it throws is logged and
 * changes nothing. Every bean of this type is told.
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
