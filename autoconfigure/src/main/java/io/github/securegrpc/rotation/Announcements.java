package io.github.securegrpc.rotation;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.MaterialSummary;
import io.github.securegrpc.material.PrintableLog;

/**
 * Says what came of a look, once: in the log and to the listeners. On the thread of the
 * look, so that a listener that waits holds up no other material.
 */
final class Announcements {

	private static final PrintableLog logger = PrintableLog.of(RotatingMaterials.class);

	private final Map<RotatingMaterial, Outcome> said = new ConcurrentHashMap<>();

	private final Consumer<Consumer<RotationListener>> listeners;

	Announcements(Consumer<Consumer<RotationListener>> listeners) {
		this.listeners = listeners;
	}

	void loaded(RotatingMaterial material) {
		this.listeners.accept((listener) -> listener.loaded(material));
	}

	void say(RotatingMaterial material, Outcome outcome, boolean aloud) {
		if (aloud || outcome instanceof Outcome.Rotated) {
			say(material, outcome);
		}
	}

	private void say(RotatingMaterial material, Outcome outcome) {
		Outcome before = this.said.put(material, outcome);
		if (outcome instanceof Outcome.Rotated rotated) {
			logger.info("Rotated %s to generation %d: %s".formatted(material.name(), rotated.generation().number(),
					MaterialSummary.of(rotated.generation().material(), material.origin(), "as before")));
			tell((listener) -> listener.rotated(new MaterialRotated(material.name(), rotated.generation())));
		}
		else if (outcome instanceof Outcome.Refused refused && !outcome.equals(before)) {
			int inForce = material.current().number();
			logger.warn("Refused a replacement of %s, generation %d stays in force: %s. %s".formatted(material.name(),
					inForce, refused.refusal().reason(), refused.refusal().action()));
			tell((listener) -> listener.refused(new MaterialRefused(material.name(), inForce, refused.refusal())));
		}
		else if (outcome instanceof Outcome.Held held && !isHeld(before, held.until())) {
			logger.info(
					"Holding a replacement of %s until %s: %s".formatted(material.name(), held.until(), held.reason()));
		}
	}

	private static boolean isHeld(@Nullable Outcome before, Instant until) {
		return before instanceof Outcome.Held held && held.until().equals(until);
	}

	private void tell(Consumer<RotationListener> event) {
		this.listeners.accept((listener) -> {
			try {
				event.accept(listener);
			}
			catch (RuntimeException | Error ex) {
				// whoever comes after it, the channels among them, hears of it
				// nevertheless
				logger.error("%s failed; the rotation is not affected".formatted(listener), ex);
			}
		});
	}

}
