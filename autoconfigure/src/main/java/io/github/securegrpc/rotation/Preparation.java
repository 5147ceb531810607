package io.github.securegrpc.rotation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

import io.github.securegrpc.text.PrintableLog;

/**
 * What listeners prepared for one generation. Taken by all of them; or discarded by all,
 * whatever was thrown before that.
 */
final class Preparation implements AutoCloseable {

	private static final PrintableLog logger = PrintableLog.of(Preparation.class);

	private final Deque<GenerationListener.Prepared> pending;

	Preparation(int listeners) {
		// room for all, so that nothing can fail between preparing and keeping
		this.pending = new ArrayDeque<>(listeners + 1);
	}

	void prepare(GenerationListener listener, Generation next) {
		this.pending.add(listener.prepare(next));
	}

	void take() {
		end(GenerationListener.Prepared::take);
	}

	@Override
	public void close() {
		end(GenerationListener.Prepared::discard);
	}

	/* Neither may fail: one that does keeps no other from its end. */
	private void end(Consumer<GenerationListener.Prepared> how) {
		for (GenerationListener.Prepared next = this.pending.poll(); next != null; next = this.pending.poll()) {
			try {
				how.accept(next);
			}
			catch (RuntimeException | Error ex) {
				logger.error("%s failed at the end of a rotation; the others are not affected".formatted(next), ex);
			}
		}
	}

}
