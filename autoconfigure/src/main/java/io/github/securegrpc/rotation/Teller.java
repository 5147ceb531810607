package io.github.securegrpc.rotation;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.github.securegrpc.text.PrintableLog;

/**
 * Tells one listener what happens, in order, and lets it harm nobody: that it fails is
 * logged once, and one of the application's is told on a thread of its own, where it may
 * take its time. Of what it does not get to, 1,024 wait; the rest is dropped, counted and
 * said. Thread-safe.
 *
 * @param <E> what happens
 * @since 0.1.0
 */
public final class Teller<E> {

	private static final PrintableLog logger = PrintableLog.of(Teller.class);

	private static final int WAITING = 1_024;

	private static final int IDLE_SECONDS = 10;

	private final String name;

	private final Consumer<E> listener;

	private final Executor executor;

	private final AtomicBoolean failed = new AtomicBoolean();

	private final AtomicLong dropped = new AtomicLong();

	private Teller(Object listener, Consumer<E> told, Executor executor) {
		this.name = listener.getClass().getName();
		this.listener = told;
		this.executor = executor;
	}

	/**
	 * Returns one that tells before it returns, for listeners of ours, which do not
	 * block.
	 * @param <E> what happens
	 * @param listener who is told, for the log
	 * @param told what is called
	 * @return the teller
	 */
	public static <E> Teller<E> atOnce(Object listener, Consumer<E> told) {
		return new Teller<>(listener, told, Runnable::run);
	}

	/**
	 * Returns one that tells on a daemon thread of its own, which is there as long as
	 * there is something to tell.
	 * @param <E> what happens
	 * @param listener who is told, for the log
	 * @param told what is called
	 * @return the teller
	 */
	public static <E> Teller<E> later(Object listener, Consumer<E> told) {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
				new ArrayBlockingQueue<>(WAITING), (task) -> {
					Thread thread = new Thread(task, "secure-grpc-listener");
					thread.setDaemon(true);
					return thread;
				});
		executor.allowCoreThreadTimeOut(true);
		return new Teller<>(listener, told, executor);
	}

	/**
	 * Tells the listener. Never throws.
	 * @param event what happened
	 */
	public void tell(E event) {
		try {
			this.executor.execute(() -> hear(event));
		}
		catch (RejectedExecutionException | OutOfMemoryError ex) {
			// at 1, 2, 4, 8: a flood is not answered with one of lines
			long count = this.dropped.incrementAndGet();
			if (Long.bitCount(count) == 1) {
				logger.warn("%s does not keep up: %d events were not told to it so far".formatted(this.name, count));
			}
		}
	}

	private void hear(E event) {
		try {
			this.listener.accept(event);
		}
		catch (RuntimeException | Error ex) {
			if (this.failed.compareAndSet(false, true)) {
				logger.error("%s failed, which is said once; nothing else is affected".formatted(this.name), ex);
			}
		}
	}

}
