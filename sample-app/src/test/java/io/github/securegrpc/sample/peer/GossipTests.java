package io.github.securegrpc.sample.peer;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import io.github.securegrpc.sample.peer.proto.DirectMessage;
import io.github.securegrpc.sample.peer.proto.GossipMessage;
import io.github.securegrpc.sample.peer.proto.RootMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is passed on, and how often.
 */
class GossipTests {

	private final Gossip gossip = new Gossip("127.0.0.1:1",
			Clock.fixed(Instant.ofEpochMilli(1_700_000_000_250L), ZoneOffset.UTC));

	@Test
	void beatSaysTheTimeAndIsToldFromTheNext() {
		RootMessage beat = this.gossip.beat();
		assertThat(beat.getSource()).isEqualTo("127.0.0.1:1");
		assertThat(beat.getRound()).isEqualTo(-1);
		assertThat(beat.getGossipMessage().getArgsList()).containsExactly("1700000000.250");
		assertThat(beat.getGossipMessage().getHash()).isNotEqualTo(this.gossip.beat().getGossipMessage().getHash());
	}

	@Test
	void messageIsPassedOnOnceWithOneHopLess() {
		assertThat(this.gossip.passedOn(message(1, 3))).hasValue(message(1, 2));
		assertThat(this.gossip.passedOn(message(1, 3))).isEmpty();
		assertThat(this.gossip.passedOn(message(2, 1))).hasValue(message(2, 0));
		assertThat(this.gossip.passedOn(message(3, 0))).isEmpty();
		assertThat(this.gossip.passedOn(message(4, -7))).isEmpty();
		assertThat(this.gossip.passedOn(message(5, Integer.MAX_VALUE))).hasValue(message(5, 9));
	}

	@Test
	void whatIsForOnePeerStaysThere() {
		assertThat(this.gossip.passedOn(
				RootMessage.newBuilder().setDirectMessage(DirectMessage.newBuilder().addArgs("a").build()).build()))
			.isEmpty();
	}

	@Test
	void whatIsLargeIsNotPassedOn() {
		RootMessage message = message(1, 3);
		RootMessage large = message.toBuilder()
			.setGossipMessage(message.getGossipMessage().toBuilder().addArgs("a".repeat(65_536)))
			.build();
		assertThat(this.gossip.passedOn(large)).isEmpty();
	}

	@Test
	void memoryIsBounded() {
		for (long hash = 0; hash < 20_000; hash++) {
			assertThat(this.gossip.passedOn(message(hash, 3))).isPresent();
		}
		assertThat(this.gossip.passedOn(message(19_999, 3))).isEmpty();
		assertThat(this.gossip.passedOn(message(0, 3))).isPresent();
	}

	private static RootMessage message(long hash, int ttl) {
		return RootMessage.newBuilder()
			.setSource("127.0.0.2:1")
			.setCmd("metrics")
			.setGossipMessage(GossipMessage.newBuilder().setHash(hash).setTtl(ttl).addArgs("a"))
			.build();
	}

}
