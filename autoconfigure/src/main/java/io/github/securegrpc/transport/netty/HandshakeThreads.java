package io.github.securegrpc.transport.netty;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The threads on which servers do the signatures of handshakes and judge clients: half of
 * the processors, so that the other half is left to the calls of those who are known. A
 * connection has one task at a time, and no longer than its handshake may take.
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
				new LinkedBlockingQueue<>(), factory);
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

}
