package io.github.securegrpc.sample.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.sample.peer.Membership.Neighbourhood;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who has a place among the neighbours, and for how long, where nobody answers.
 */
class MembershipTests {

	private static final PeerAddress SETTING = address("10.0.0.1:1");

	private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);

	private final List<ManagedChannel> channels = new ArrayList<>();

	private final Membership membership = new Membership(new Neighbourhood("10.0.0.9:1", Set.of(SETTING), 2),
			(address) -> new PeerLink(channel(), new Outcomes()), this.nanoTime::get);

	@AfterEach
	void close() {
		this.membership.close();
	}

	@Test
	void othersAreBoundedAndThoseOfTheSettingsHaveAPlace() {
		assertThat(this.membership.greet(address("10.0.0.2:1"))).isTrue();
		assertThat(this.membership.greet(address("10.0.0.3:1"))).isTrue();
		assertThat(this.membership.greet(address("10.0.0.4:1"))).isFalse();
		assertThat(this.membership.greet(SETTING)).isTrue();
		assertThat(this.membership.greet(address("10.0.0.2:1"))).isTrue();
		assertThat(this.membership.all()).hasSize(3);
		assertThat(this.channels).hasSize(3);
		assertThat(this.membership.neighbours()).isEmpty();
	}

	@Test
	void channelOfOneThatDoesNotAnswerIsClosed() {
		this.membership.greet(address("10.0.0.2:1"));
		later(Member.PATIENCE);
		assertThat(this.membership.all()).hasSize(1);
		later(Duration.ofMillis(1));
		assertThat(this.membership.all()).isEmpty();
		closed(0);
	}

	@Test
	void beatMakesNobodyAMember() {
		this.membership.heard(address("10.0.0.2:1"));
		assertThat(this.membership.all()).isEmpty();
		assertThat(this.channels).isEmpty();
	}

	@Test
	void oneThatWasNeverReachedIsDroppedHoweverOftenItCalls() {
		for (int i = 0; i < 20; i++) {
			this.membership.greet(address("10.0.0.2:1"));
			later(Duration.ofSeconds(1));
		}
		assertThat(this.channels).hasSize(2);
		closed(0);
	}

	private void closed(int channel) {
		Awaitility.await().untilAsserted(() -> assertThat(this.channels.get(channel).isShutdown()).isTrue());
	}

	private void later(Duration time) {
		this.nanoTime.addAndGet(time.toNanos());
		this.membership.look();
	}

	private ManagedChannel channel() {
		ManagedChannel channel = InProcessChannelBuilder.forName("nobody").build();
		this.channels.add(channel);
		return channel;
	}

	private static PeerAddress address(String text) {
		return PeerAddress.parse(text).orElseThrow();
	}

}
