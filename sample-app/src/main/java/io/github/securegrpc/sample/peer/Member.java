package io.github.securegrpc.sample.peer;

import java.time.Duration;
import java.util.Optional;

/**
 * A peer that is a neighbour, or on the way to be one: it is when it was heard, by a
 * handshake or beat of its own, and has taken a message of ours. Thread-safe; the times
 * are those of a clock that nobody sets.
 */
final class Member {

	static final Duration PATIENCE = Duration.ofSeconds(5);

	/* With answers that do not come, where calls do not fail either. */
	private static final Duration LONG_PATIENCE = Duration.ofSeconds(15);

	private final PeerAddress address;

	private final PeerLink link;

	private final long since;

	private boolean heard;

	private long heardAt;

	private boolean taken;

	private long takenAt;

	private String failure = "";

	Member(PeerAddress address, PeerLink link, long now) {
		this.address = address;
		this.link = link;
		this.since = now;
	}

	PeerAddress address() {
		return this.address;
	}

	PeerLink link() {
		return this.link;
	}

	/* Whether it is a neighbour by this. */
	synchronized boolean hears(long now) {
		boolean before = isNeighbour();
		this.heard = true;
		this.heardAt = now;
		return !before && isNeighbour();
	}

	/* By a handshake: one that was here may have been started anew. */
	synchronized boolean greets(long now) {
		if (this.taken) {
			this.takenAt = now;
		}
		return hears(now);
	}

	/* Whether it is a neighbour by this. */
	synchronized boolean takes(long now) {
		boolean before = isNeighbour();
		this.taken = true;
		this.takenAt = now;
		this.failure = "";
		return !before && isNeighbour();
	}

	synchronized void fails(String why) {
		this.failure = why;
	}

	synchronized boolean isNeighbour() {
		return this.heard && this.taken;
	}

	synchronized boolean isHeard() {
		return this.heard;
	}

	/* Whether one of the two called the other, and was answered. */
	synchronized boolean isGreeted() {
		return this.heard || this.taken;
	}

	/* Why it is to be dropped, if it is. */
	synchronized Optional<String> overdue(long now) {
		Duration deaf = this.failure.isEmpty() ? LONG_PATIENCE : PATIENCE;
		if (now - (this.taken ? this.takenAt : this.since) > deaf.toNanos()) {
			return Optional.of("it has taken no message for %d s%s".formatted(deaf.toSeconds(),
					this.failure.isEmpty() ? "" : ": " + this.failure));
		}
		if (now - (this.heard ? this.heardAt : this.since) > PATIENCE.toNanos()) {
			return Optional.of("no beat of its own for %d s%s".formatted(PATIENCE.toSeconds(),
					this.heard ? "" : ", or its client's certificate does not name this address"));
		}
		return Optional.empty();
	}

}
