package io.github.securegrpc.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;

import io.github.securegrpc.text.PrintableLog;

/**
 * Has a channel leave its connections: calls in flight finish there, the next one
 * connects anew. grpc-java has whichever thread works off the channel's queue carry it
 * out, so that a call of that moment may still go out on a connection of before.
 */
final class Reconnection {

	private static final PrintableLog logger = PrintableLog.of(Reconnection.class);

	private static final Duration LONGEST = Duration.ofSeconds(5);

	private Reconnection() {
	}

	/* One channel's trouble leaves no other on the old certificate. */
	static void begin(String name, ManagedChannel channel) {
		try {
			channel.enterIdle();
		}
		catch (RuntimeException ex) {
			logger.warn("The channel %s keeps its connections after a rotation: %s".formatted(name, ex));
		}
	}

	/*
	 * Of a channel that nobody calls over yet: returns when no call goes out on a
	 * connection of before. What is asked after enterIdle is answered after it.
	 */
	static void complete(String name, ManagedChannel channel) {
		CountDownLatch left = new CountDownLatch(1);
		begin(name, channel);
		channel.notifyWhenStateChanged(ConnectivityState.READY, left::countDown);
		try {
			if (!left.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("The channel %s has not left its connections within %s".formatted(name, LONGEST));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
