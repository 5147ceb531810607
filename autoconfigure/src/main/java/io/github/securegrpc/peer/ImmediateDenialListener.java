package io.github.securegrpc.peer;

/**
 * Is told of each denied call on the thread that denies it, before the peer hears: for
 * what must be counted by then. It must not block: it would hold up the denials, and the
 * end, of all calls.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ImmediateDenialListener extends DenialListener {

}
