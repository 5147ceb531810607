package io.github.securegrpc.rotation;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import io.github.securegrpc.material.MaterialCheck;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsMaterialSource;

/**
 * Material whose generation in force can be replaced, as a whole. Created with its first
 * generation loaded and checked. Thread-safe; {@link #current()} never blocks.
 *
 * @since 0.1.0
 */
public final class RotatingMaterial {

	private final String name;

	private final TlsMaterialSource source;

	private final MaterialCheck check;

	private final Clock clock;

	private final List<GenerationListener> listeners = new ArrayList<>();

	private volatile Generation current;

	/**
	 * Loads and checks the first generation.
	 * @param name the material's name: {@code server}, {@code client} or
	 * {@code client.<channel>}
	 * @param source loads it
	 * @param check what it must satisfy
	 * @param clock tells the time
	 * @throws io.github.securegrpc.material.RefusedException if it cannot be used
	 */
	public RotatingMaterial(String name, TlsMaterialSource source, MaterialCheck check, Clock clock) {
		this.name = name;
		this.source = source;
		this.check = check;
		this.clock = clock;
		this.current = next(0, source.load());
	}

	/**
	 * Returns the material's name.
	 * @return {@code server}, {@code client} or {@code client.<channel>}
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Says where the material comes from.
	 * @return the origin of each part
	 */
	public MaterialOrigin origin() {
		return this.source.origin();
	}

	/**
	 * Returns the generation in force.
	 * @return the generation
	 */
	public Generation current() {
		return this.current;
	}

	/**
	 * Adds a listener, which at once prepares and takes the generation in force.
	 * @param listener the listener
	 * @throws io.github.securegrpc.material.RefusedException if the listener cannot use
	 * it
	 */
	public synchronized void addListener(GenerationListener listener) {
		listener.prepare(this.current).take();
		this.listeners.add(listener);
	}

	/**
	 * Replaces the generation in force. Either all listeners take the new one, or all
	 * keep the old one.
	 * @param material the new material
	 * @throws io.github.securegrpc.material.RefusedException if it does not satisfy the
	 * check or a listener cannot use it
	 */
	public synchronized void rotate(TlsMaterial material) {
		Generation next = next(this.current.number(), material);
		List<GenerationListener.Prepared> prepared = new ArrayList<>();
		try {
			for (GenerationListener listener : this.listeners) {
				prepared.add(listener.prepare(next));
			}
		}
		catch (RuntimeException ex) {
			prepared.forEach(GenerationListener.Prepared::discard);
			throw ex;
		}
		this.current = next;
		prepared.forEach(GenerationListener.Prepared::take);
	}

	private Generation next(int number, TlsMaterial material) {
		this.check.check(material, this.source.origin());
		return new Generation(number + 1, material, this.clock.instant());
	}

	@Override
	public String toString() {
		return "RotatingMaterial[%s, generation %d]".formatted(this.name, this.current.number());
	}

}
