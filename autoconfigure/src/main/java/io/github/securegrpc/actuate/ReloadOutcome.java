package io.github.securegrpc.actuate;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.rotation.Outcome;
import io.github.securegrpc.text.Printable;

/**
 * What came of asking a source.
 *
 * @param outcome {@code ROTATED}, {@code UNCHANGED}, {@code HELD} or {@code REFUSED}
 * @param reason why a replacement is held or refused, or {@code null}
 * @since 0.1.0
 */
public record ReloadOutcome(String outcome, @Nullable String reason) {

	public ReloadOutcome {
		reason = (reason != null) ? Printable.line(reason) : null;
	}

	static ReloadOutcome of(Outcome outcome) {
		if (outcome instanceof Outcome.Rotated) {
			return new ReloadOutcome("ROTATED", null);
		}
		if (outcome instanceof Outcome.Held held) {
			return new ReloadOutcome("HELD", held.reason());
		}
		if (outcome instanceof Outcome.Refused refused) {
			return new ReloadOutcome("REFUSED", refused.refusal().reason());
		}
		if (outcome instanceof Outcome.Overdue overdue) {
			return new ReloadOutcome("REFUSED", overdue.reason());
		}
		return new ReloadOutcome("UNCHANGED", null);
	}

}
