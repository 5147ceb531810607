package io.github.securegrpc.rotation;

import java.time.Instant;

import io.github.securegrpc.text.Printable;

/**
 * A replacement that was not taken.
 *
 * @param at when it was first refused
 * @param reason the file or property, what it holds, what was expected; never a secret
 * @param action what to do about it
 * @since 0.1.0
 */
public record Refusal(Instant at, String reason, String action) {

	public Refusal {
		reason = Printable.line(reason);
		action = Printable.line(action);
	}

}
