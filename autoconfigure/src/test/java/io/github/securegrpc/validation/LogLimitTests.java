package io.github.securegrpc.validation;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much of a log peers can fill, and whom they can hide.
 */
class LogLimitTests {

	private final MutableClock clock = new MutableClock();

	private final List<Long> told = new ArrayList<>();

	private final List<Runnable> later = new ArrayList<>();

	private final LogLimit limit = new LogLimit(this.clock, this.told::add, this.later::add);

	@Test
	void tenLinesOfOneAddressAreWrittenWhateverThePort() {
		assertThat(admitted(25, (i) -> address("192.0.2.1", i))).isEqualTo(10);
		assertThat(admitted(1, (i) -> address("192.0.2.2", i))).isEqualTo(1);
	}

	@Test
	void networkOf64BitsIsOneAddress() {
		assertThat(admitted(300, (i) -> address("2001:db8:1:2:%x::1".formatted(i), 1))).isEqualTo(10);
		assertThat(admitted(1, (i) -> address("2001:db8:1:3::1", 1))).isEqualTo(1);
	}

	@Test
	void unixDomainSocketsAreOnePeer() {
		assertThat(admitted(30, (i) -> new SocketAddress() {
		})).isEqualTo(10);
	}

	@Test
	void hundredLinesOfAllAreWrittenInTenSeconds() {
		int lines = 0;
		for (int millisecond = 0; millisecond < 10_000; millisecond++) {
			int number = millisecond;
			lines += admitted(3, (i) -> address("10.%d.%d.%d".formatted(i, number / 250, number % 250), 1));
			this.clock.advance(Duration.ofMillis(1));
		}
		assertThat(lines).as("of 30,000 from as many addresses").isBetween(99, 100);
	}

	@Test
	void floodFromManyAddressesDoesNotHideAnotherPeerForLong() {
		assertThat(admitted(3_000, (i) -> address("10.0.%d.%d".formatted(i / 250, i % 250), 1))).isEqualTo(50);
		assertThat(admitted(1, (i) -> address("192.0.2.1", 1))).isZero();
		this.clock.advance(Duration.ofMillis(200));
		assertThat(admitted(5, (i) -> address("10.0.0.1", i))).as("of one that was written of").isZero();
		assertThat(admitted(1, (i) -> address("192.0.2.1", 1))).isEqualTo(1);
	}

	@Test
	void howManyWereLeftOutIsToldThoughNothingElseHappens() {
		admitted(25, (i) -> address("192.0.2.1", i));
		assertThat(this.told).isEmpty();
		assertThat(this.later).hasSize(1);
		this.later.get(0).run();
		assertThat(this.told).containsExactly(15L);
		this.later.get(0).run();
		assertThat(this.told).as("once").hasSize(1);
	}

	@Test
	void howManyWereLeftOutIsToldOnceWhenTheLimitIsClosed() {
		admitted(25, (i) -> address("192.0.2.1", i));
		this.limit.close();
		assertThat(this.told).containsExactly(15L);
		this.later.get(0).run();
		assertThat(this.told).hasSize(1);
	}

	@Test
	void howManyWereLeftOutIsToldBeforeTheNextLine() {
		admitted(25, (i) -> address("192.0.2.1", i));
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(admitted(1, (i) -> address("192.0.2.1", i))).isEqualTo(1);
		assertThat(this.told).containsExactly(15L);
	}

	@Test
	void clockThatIsSetBackDoesNotSilenceTheLog() {
		admitted(25, (i) -> address("192.0.2.1", i));
		this.clock.advance(Duration.ofDays(-1));
		assertThat(admitted(1, (i) -> address("192.0.2.1", i))).isEqualTo(1);
	}

	@Test
	void nothingIsKeptOfPeersThatAreNotWrittenOf() {
		admitted(3_000, (i) -> address("10.0.%d.%d".formatted(i / 250, i % 250), 1));
		assertThat(this.limit).extracting("lines").asInstanceOf(InstanceOfAssertFactories.MAP).hasSize(50);
	}

	private int admitted(int times, IntFunction<SocketAddress> peer) {
		int lines = 0;
		for (int i = 1; i <= times; i++) {
			lines += this.limit.admits(peer.apply(i)) ? 1 : 0;
		}
		return lines;
	}

	private static InetSocketAddress address(String host, int port) {
		return new InetSocketAddress(host, port);
	}

}
