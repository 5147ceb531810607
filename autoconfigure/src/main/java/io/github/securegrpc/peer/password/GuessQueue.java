package io.github.securegrpc.peer.password;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Passwords that wait to be verified: on threads of their own, half as many as there are
 * processors, so that guessing costs no more than that; the same guess once. Origins take
 * turns, and where there is no more room, the newest of who has most waiting gives way:
 * who guesses keeps nobody else from being verified. Thread-safe.
 */
final class GuessQueue implements AutoCloseable {

	static final int MOST = 256;

	/* Each holds what has come of a call. */
	static final int MOST_CALLS = 1024;

	private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), (task) -> {
				Thread thread = new Thread(task, "secure-grpc-password");
				thread.setDaemon(true);
				return thread;
			});

	private final Map<String, Guess> all = new HashMap<>();

	/* In the order of their turns. */
	private final LinkedHashMap<String, Deque<Guess>> waiting = new LinkedHashMap<>();

	private int places;

	private int calls;

	GuessQueue() {
		this.threads.allowCoreThreadTimeOut(true);
	}

	/* What comes of it is told on one of these threads, unless it is told at once. */
	CompletableFuture<Passwords.Verdict> ask(String key, String origin, Supplier<Passwords.Verdict> comparison) {
		Guess displaced = null;
		Guess guess;
		synchronized (this) {
			if (this.calls >= MOST_CALLS) {
				return CompletableFuture.completedFuture(Passwords.Verdict.NOT_VERIFIED);
			}
			guess = this.all.get(key);
			if (guess == null) {
				if (this.places >= MOST) {
					displaced = displace(origin);
					if (displaced == null) {
						return CompletableFuture.completedFuture(Passwords.Verdict.NOT_VERIFIED);
					}
				}
				guess = new Guess(key, origin, comparison);
				this.all.put(key, guess);
				this.waiting.computeIfAbsent(origin, (it) -> new ArrayDeque<>()).addLast(guess);
				this.places++;
				try {
					this.threads.execute(this::verifyNext);
				}
				catch (RejectedExecutionException ex) {
					// the end of the application
					return CompletableFuture.completedFuture(Passwords.Verdict.NOT_VERIFIED);
				}
			}
			guess.calls++;
			this.calls++;
		}
		if (displaced != null) {
			displaced.verdict.complete(Passwords.Verdict.NOT_VERIFIED);
		}
		return guess.verdict;
	}

	/*
	 * Returns the newest guess of who has most waiting, and more than the origin would.
	 */
	private @Nullable Guess displace(String origin) {
		int own = size(this.waiting.get(origin));
		Deque<Guess> fullest = this.waiting.values().stream().max(Comparator.comparingInt(Deque::size)).orElse(null);
		if (fullest == null || fullest.size() <= own + 1) {
			return null;
		}
		Guess newest = fullest.removeLast();
		forget(newest);
		return newest;
	}

	private static int size(@Nullable Deque<Guess> guesses) {
		return (guesses != null) ? guesses.size() : 0;
	}

	/* One for each guess; those that gave way leave one too many. */
	private void verifyNext() {
		Guess guess = next();
		if (guess == null) {
			return;
		}
		Passwords.Verdict found = Passwords.Verdict.NOT_VERIFIED;
		try {
			found = guess.comparison.get();
		}
		finally {
			synchronized (this) {
				forget(guess);
			}
			guess.verdict.complete(found);
		}
	}

	private synchronized @Nullable Guess next() {
		while (!this.waiting.isEmpty()) {
			String origin = this.waiting.keySet().iterator().next();
			Deque<Guess> guesses = Objects.requireNonNull(this.waiting.remove(origin));
			Guess guess = guesses.pollFirst();
			if (!guesses.isEmpty()) {
				this.waiting.put(origin, guesses);
			}
			if (guess != null) {
				return guess;
			}
		}
		return null;
	}

	private void forget(Guess guess) {
		this.all.remove(guess.key);
		this.places--;
		this.calls -= guess.calls;
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

	/** A guess, and the calls that wait for what comes of it. */
	private static final class Guess {

		private final String key;

		private final String origin;

		private final Supplier<Passwords.Verdict> comparison;

		private final CompletableFuture<Passwords.Verdict> verdict = new CompletableFuture<>();

		private int calls;

		private Guess(String key, String origin, Supplier<Passwords.Verdict> comparison) {
			this.key = key;
			this.origin = origin;
			this.comparison = comparison;
		}

		@Override
		public String toString() {
			return "Guess[of %s]".formatted(this.origin);
		}

	}

}
