package io.github.securegrpc.rotation;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.MaterialCheck;
import io.github.securegrpc.material.MaterialSummary;
import io.github.securegrpc.material.PrintableLog;
import io.github.securegrpc.material.TlsMaterialSource;

/**
 * All the material of the application, and what is said when some of it changes.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class RotatingMaterials {

	private static final PrintableLog logger = PrintableLog.of(RotatingMaterials.class);

	private final List<RotatingMaterial> materials = new CopyOnWriteArrayList<>();

	private final Map<RotatingMaterial, Outcome> said = new ConcurrentHashMap<>();

	private final Consumer<Consumer<RotationListener>> listeners;

	private final Clock clock;

	/**
	 * Creates an empty collection.
	 * @param listeners calls every listener
	 * @param clock tells the time
	 */
	public RotatingMaterials(Consumer<Consumer<RotationListener>> listeners, Clock clock) {
		this.listeners = listeners;
		this.clock = clock;
	}

	/**
	 * Loads material, checks it, and keeps it from now on.
	 * @param name the material's name: {@code server}, {@code client} or
	 * {@code client.<channel>}
	 * @param source loads it
	 * @param side the side that presents the identity
	 * @return the material
	 * @throws io.github.securegrpc.material.RefusedException if it cannot be used
	 */
	public RotatingMaterial load(String name, TlsMaterialSource source, MaterialCheck.Side side) {
		RotatingMaterial material = new RotatingMaterial(name, source, new MaterialCheck(side, this.clock), this.clock);
		this.listeners.accept((listener) -> listener.loaded(material));
		this.materials.add(material);
		return material;
	}

	/**
	 * Returns all material loaded so far.
	 * @return the material
	 */
	public List<RotatingMaterial> all() {
		return List.copyOf(this.materials);
	}

	/**
	 * Asks every source that can change, takes what is new and good, and says what was
	 * refused.
	 * @return when to ask again at the latest because something is held until then, or
	 * {@code null}
	 */
	public synchronized @Nullable Instant tick() {
		return ask((material, outcome) -> say(material, outcome));
	}

	/**
	 * Asks every source that can change, and takes what is new and good. What is not good
	 * may be half-written: it is left to the next {@link #tick()} to say so.
	 * @return as {@link #tick()}
	 */
	public synchronized @Nullable Instant hasten() {
		return ask((material, outcome) -> {
			if (outcome instanceof Outcome.Rotated) {
				say(material, outcome);
			}
		});
	}

	/**
	 * Asks every source, and returns what came of it by the material's name.
	 * @return the outcomes
	 */
	public synchronized Map<String, Outcome> reload() {
		Map<String, Outcome> outcomes = new LinkedHashMap<>();
		for (RotatingMaterial material : this.materials) {
			Outcome outcome = material.reload();
			say(material, outcome);
			outcomes.put(material.name(), outcome);
		}
		return outcomes;
	}

	Set<Path> directories() {
		Set<Path> directories = new HashSet<>();
		this.materials.forEach((material) -> directories.addAll(material.directories()));
		return directories;
	}

	private @Nullable Instant ask(BiConsumer<RotatingMaterial, Outcome> then) {
		Instant soonest = null;
		for (RotatingMaterial material : this.materials) {
			if (material.canChange()) {
				Outcome outcome = material.reload();
				then.accept(material, outcome);
				if (outcome instanceof Outcome.Held held && (soonest == null || held.until().isBefore(soonest))) {
					soonest = held.until();
				}
			}
		}
		return soonest;
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
