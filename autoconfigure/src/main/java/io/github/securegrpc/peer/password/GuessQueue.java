package io.github.securegrpc.peer.password;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
 * turns. Where there is no more room for guesses, the newest of who has most waiting
 * gives way, and where there is none for calls, the guess for which most of them wait:
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

	private int calls;

	GuessQueue() {
		this.threads.allowCoreThreadTimeOut(true);
	}

	/* What comes of it is told on one of these threads, unless it is told at once. */
	CompletableFuture<Passwords.Verdict> ask(String key, String origin, Supplier<Passwords.Verdict> comparison) {
		List<Guess> displaced = new ArrayList<>();
		try {
			return ask(new Guess(key, origin, comparison), displaced);
		}
		finally {
			displaced.forEach((guess) -> guess.verdict.complete(Passwords.Verdict.NOT_VERIFIED));
		}
	}

	private synchronized CompletableFuture<Passwords.Verdict> ask(Guess asked, List<Guess> displaced) {
		Guess guess = this.all.getOrDefault(asked.key, asked);
		boolean hasRoom = (this.calls < MOST_CALLS || displace(ofMostCalls(guess), displaced))
				&& (guess != asked || this.all.size() < MOST || displace(ofFullest(asked.origin), displaced));
		if (!hasRoom || (guess == asked && !begin(guess))) {
			return CompletableFuture.completedFuture(Passwords.Verdict.NOT_VERIFIED);
		}
		guess.calls++;
		this.calls++;
		return guess.verdict;
	}

	private boolean begin(Guess guess) {
		try {
			this.threads.execute(this::verifyNext);
		}
		catch (RejectedExecutionException ex) {
			return false; // the end of the application
		}
		this.all.put(guess.key, guess);
		this.waiting.computeIfAbsent(guess.origin, (it) -> new ArrayDeque<>()).addLast(guess);
		return true;
	}

	/* The guess, being verified or not, for which most calls wait; not for its own. */
	private @Nullable Guess ofMostCalls(Guess guess) {
		Guess most = this.all.values().stream().max(Comparator.comparingInt((it) -> it.calls)).orElse(null);
		return (most != guess) ? most : null;
	}

	/* The newest guess of who has most waiting, and more than the origin would. */
	private @Nullable Guess ofFullest(String origin) {
		Deque<Guess> own = this.waiting.get(origin);
		Deque<Guess> fullest = this.waiting.values().stream().max(Comparator.comparingInt(Deque::size)).orElse(null);
		return (fullest != null && fullest.size() > ((own != null) ? own.size() : 0) + 1) ? fullest.peekLast() : null;
	}

	private boolean displace(@Nullable Guess guess, List<Guess> displaced) {
		if (guess == null) {
			return false;
		}
		forget(guess);
		displaced.add(guess);
		return true;
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

	/* Once: it may have given way while it was verified. */
	private void forget(Guess guess) {
		if (this.all.remove(guess.key, guess)) {
			this.calls -= guess.calls;
			Deque<Guess> guesses = this.waiting.get(guess.origin);
			if (guesses != null && guesses.remove(guess) && guesses.isEmpty()) {
				this.waiting.remove(guess.origin);
			}
		}
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
