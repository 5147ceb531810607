package io.github.securegrpc.rotation;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.springframework.util.function.SingletonSupplier;

import io.github.securegrpc.text.PrintableLog;

/**
 * Tells all listeners of a kind what happens, each by a {@link Teller}. They are asked
 * for when something is first told; that they cannot be had is logged once, and whoever
 * tells goes on. Thread-safe.
 *
 * @param <E> what happens
 * @since 0.1.0
 */
public final class Tellers<E> {

	private static final PrintableLog logger = PrintableLog.of(Tellers.class);

	private final String what;

	private final Supplier<List<Teller<E>>> all;

	private final AtomicBoolean failed = new AtomicBoolean();

	/**
	 * Creates them.
	 * @param what what they are told of, in words
	 * @param all makes a teller for each listener
	 */
	public Tellers(String what, Supplier<List<Teller<E>>> all) {
		this.what = what;
		this.all = SingletonSupplier.of(all);
	}

	/**
	 * Tells all listeners. Never throws.
	 * @param event what happened
	 */
	public void tell(E event) {
		try {
			this.all.get().forEach((teller) -> teller.tell(event));
		}
		catch (RuntimeException | Error ex) {
			if (this.failed.compareAndSet(false, true)) {
				logger.error("No listener is told of %s: they cannot be had, which is said once".formatted(this.what),
						ex);
			}
		}
	}

}
