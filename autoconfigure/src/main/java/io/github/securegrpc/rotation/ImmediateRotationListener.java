package io.github.securegrpc.rotation;

/**
 * A {@link RotationListener} that never waits for anything: it is told on the thread that
 * looked at the source, before the look has ended.
 *
 * @since 0.1.0
 */
public interface ImmediateRotationListener extends RotationListener {

}
