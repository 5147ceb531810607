package io.github.securegrpc.sample.peer;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import net.devh.boot.grpc.server.event.GrpcServerStartedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;

/**
 * When this node calls its peers: from when its own server can be called on, with a beat
 * every two seconds.
 */
final class PeerPulse implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PeerPulse.class);

	private static final Duration BEAT = Duration.ofSeconds(2);

	/* The answer to a newcomer's handshake arrives before our first beat. */
	private static final Duration SOON = Duration.ofMillis(200);

	private static final Duration LOOK = Duration.ofMillis(250);

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "peer-pulse");
		thread.setDaemon(true);
		return thread;
	});

	private final AtomicBoolean started = new AtomicBoolean();

	private final AtomicBoolean soon = new AtomicBoolean();

	private final Membership membership;

	private final Gossip gossip;

	PeerPulse(Membership membership, Gossip gossip) {
		this.membership = membership;
		this.gossip = gossip;
	}

	@EventListener(GrpcServerStartedEvent.class)
	void start() {
		if (this.started.compareAndSet(false, true)) {
			every(BEAT, () -> {
				this.membership.beat(this.gossip.beat(), false);
				this.membership.join();
			});
			every(LOOK, this.membership::look);
		}
	}

	/* However many ask for it: once. */
	void beatNewcomersSoon() {
		if (this.soon.compareAndSet(false, true)) {
			try {
				this.executor.schedule(careful(() -> {
					this.soon.set(false);
					this.membership.beat(this.gossip.beat(), true);
				}), SOON.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (RejectedExecutionException ex) {
				// the application stops
			}
		}
	}

	private void every(Duration period, Runnable task) {
		this.executor.scheduleAtFixedRate(careful(task), 0, period.toMillis(), TimeUnit.MILLISECONDS);
	}

	/* What goes wrong once does not end it. */
	private static Runnable careful(Runnable task) {
		return () -> {
			try {
				task.run();
			}
			catch (RuntimeException ex) {
				logger.error("Calling the peers failed; it is tried again", ex);
			}
		};
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
