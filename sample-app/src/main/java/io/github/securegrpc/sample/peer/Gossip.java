package io.github.securegrpc.sample.peer;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.github.securegrpc.sample.peer.proto.GossipMessage;
import io.github.securegrpc.sample.peer.proto.RootMessage;

/**
 * Messages that go from neighbour to neighbour: those of our own, and which of others are
 * to be passed on, each once as long as it is remembered. Thread-safe.
 */
final class Gossip {

	static final String BEAT = "beat";

	private static final int TTL = 10;

	private static final int NO_ROUND = -1;

	private static final int REMEMBERED = 10_000;

	/* What waits for a slow neighbour costs memory. */
	private static final int MOST_BYTES = 65_536;

	private final SecureRandom random = new SecureRandom();

	private final Map<Long, Boolean> seen = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
			return size() > REMEMBERED;
		}

	};

	private final String self;

	private final Clock clock;

	Gossip(String self, Clock clock) {
		this.self = self;
		this.clock = clock;
	}

	RootMessage beat() {
		String seconds = String.format(Locale.ROOT, "%.3f", this.clock.millis() / 1000.0);
		return RootMessage.newBuilder()
			.setSource(this.self)
			.setRound(NO_ROUND)
			.setCmd(BEAT)
			.setGossipMessage(
					GossipMessage.newBuilder().setTtl(TTL).setHash(this.random.nextLong()).addArgs(seconds).build())
			.build();
	}

	/* What neighbours are to be told of a message, if anything. */
	Optional<RootMessage> passedOn(RootMessage message) {
		if (!message.hasGossipMessage() || !isNew(message.getGossipMessage().getHash())
				|| message.getGossipMessage().getTtl() <= 0 || message.getSerializedSize() > MOST_BYTES) {
			return Optional.empty();
		}
		RootMessage.Builder passed = message.toBuilder();
		passed.getGossipMessageBuilder().setTtl(Math.min(message.getGossipMessage().getTtl(), TTL) - 1);
		return Optional.of(passed.build());
	}

	private boolean isNew(long hash) {
		synchronized (this.seen) {
			return this.seen.put(hash, Boolean.TRUE) == null;
		}
	}

}
