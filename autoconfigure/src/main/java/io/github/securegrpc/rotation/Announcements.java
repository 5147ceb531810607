package io.github.securegrpc.rotation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.MaterialSummary;
import io.github.securegrpc.text.PrintableLog;

/**
 * Says what came of a look, once: in the log and to the listeners, of which those of the
 * application hold up nothing.
 */
final class Announcements {

	private static final PrintableLog logger = PrintableLog.of(RotatingMaterials.class);

	private final Map<RotatingMaterial, Outcome> said = new ConcurrentHashMap<>();

	private final Consumer<Consumer<RotationListener>> listeners;

	private final Tellers<Consumer<RotationListener>> tellers;

	Announcements(Consumer<Consumer<RotationListener>> listeners) {
		this.listeners = listeners;
		this.tellers = new Tellers<>("rotations", () -> {
			List<Teller<Consumer<RotationListener>>> all = new ArrayList<>();
			listeners.accept((listener) -> all.add(teller(listener)));
			return all;
		});
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
			this.tellers
				.tell((listener) -> listener.rotated(new MaterialRotated(material.name(), rotated.generation())));
		}
		else if (outcome instanceof Outcome.Refused refused && !outcome.equals(before)) {
			refused(material.name(), material.current().number(), refused.refusal());
		}
		else if (outcome instanceof Outcome.Held held && !isHeld(before, held.until())) {
			logger.info(
					"Holding a replacement of %s until %s: %s".formatted(material.name(), held.until(), held.reason()));
		}
	}

	void refused(String name, int inForce, Refusal refusal) {
		logger.warn("Refused a replacement of %s, generation %d stays in force: %s. %s".formatted(name, inForce,
				refusal.reason(), refusal.action()));
		this.tellers.tell((listener) -> listener.refused(new MaterialRefused(name, inForce, refusal)));
	}

	private static boolean isHeld(@Nullable Outcome before, Instant until) {
		return before instanceof Outcome.Held held && held.until().equals(until);
	}

	private static Teller<Consumer<RotationListener>> teller(RotationListener listener) {
		Consumer<Consumer<RotationListener>> told = (event) -> event.accept(listener);
		return (listener instanceof ImmediateRotationListener) ? Teller.atOnce(listener, told)
				: Teller.later(listener, told);
	}

}
