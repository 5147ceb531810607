package io.github.securegrpc.peer.password;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Passwords that wait to be verified: on threads of their own, half as many as there are
 * processors, so that guessing costs no more than that; the same guess once; and only so
 * many of one origin, so that who guesses keeps nobody else waiting for long.
 * Thread-safe.
 */
final class GuessQueue implements AutoCloseable {

	static final int MOST = 128;

	static final int MOST_OF_ONE = 16;

	private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), (task) -> {
				Thread thread = new Thread(task, "secure-grpc-password");
				thread.setDaemon(true);
				return thread;
			});

	private final Map<String, CompletableFuture<Passwords.Verdict>> waiting = new HashMap<>();

	private final Map<String, Integer> ofOrigin = new HashMap<>();

	GuessQueue() {
		this.threads.allowCoreThreadTimeOut(true);
	}

	synchronized CompletableFuture<Passwords.Verdict> ask(String guess, String origin,
			Supplier<Passwords.Verdict> comparison) {
		CompletableFuture<Passwords.Verdict> same = this.waiting.get(guess);
		if (same != null) {
			return same;
		}
		if (this.waiting.size() >= MOST || this.ofOrigin.getOrDefault(origin, 0) >= MOST_OF_ONE) {
			return CompletableFuture.completedFuture(Passwords.Verdict.NOT_VERIFIED);
		}
		CompletableFuture<Passwords.Verdict> verdict = new CompletableFuture<>();
		this.waiting.put(guess, verdict);
		this.ofOrigin.merge(origin, 1, Integer::sum);
		this.threads.execute(() -> {
			Passwords.Verdict found = Passwords.Verdict.NOT_VERIFIED;
			try {
				found = comparison.get();
			}
			finally {
				end(guess, origin);
				verdict.complete(found);
			}
		});
		return verdict;
	}

	private synchronized void end(String guess, String origin) {
		this.waiting.remove(guess);
		this.ofOrigin.computeIfPresent(origin, (key, count) -> (count > 1) ? count - 1 : null);
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
