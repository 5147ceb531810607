package io.github.securegrpc.transport.netty;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The threads on which servers do the signatures of handshakes and judge clients: half of
 * the processors, so that the other half is left to the calls of those who are known. A
 * connection has one task at a time.
 */
final class HandshakeThreads {

	private static final long IDLE_SECONDS = 30;

	private HandshakeThreads() {
	}

	/* The threads end when there is nothing to do: nobody needs to close them. */
	static Executor create() {
		int count = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
		ThreadFactory factory = new DefaultThreadFactory("secure-grpc-handshake", true);
		ThreadPoolExecutor executor = new ThreadPoolExecutor(count, count, IDLE_SECONDS, TimeUnit.SECONDS,
				new NewestFirst(), factory);
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	/**
	 * When there is more to do than can be done, whoever came last is still there. Who
	 * has waited longest has probably left, and is dropped beyond a bound: its handshake
	 * runs out of time.
	 */
	private static final class NewestFirst extends LinkedBlockingDeque<Runnable> {

		private static final long serialVersionUID = 1L;

		private static final int MOST = 2_000;

		@Override
		public synchronized boolean offer(Runnable task) {
			if (size() >= MOST) {
				pollLast();
			}
			return offerFirst(task);
		}

	}

}
