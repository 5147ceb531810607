package io.github.securegrpc.rotation;

import java.util.function.Consumer;

/**
 * Publishes changes and refusals as application events.
 */
record RotationEvents(Consumer<Object> publisher) implements RotationListener {

	@Override
	public void rotated(MaterialRotated event) {
		this.publisher.accept(event);
	}

	@Override
	public void refused(MaterialRefused event) {
		this.publisher.accept(event);
	}

}
