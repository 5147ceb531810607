package io.github.securegrpc.actuate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What ends the looks at the server.
 */
class ServerPollTests {

	private final AtomicInteger first = new AtomicInteger();

	private final AtomicInteger second = new AtomicInteger();

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void looksGoOnWhateverOneOfThemThrows(boolean error) {
		ServerPoll poll = poll(() -> {
			this.first.incrementAndGet();
			if (error) {
				throw new NoClassDefFoundError("the test");
			}
			throw new IllegalStateException("the test");
		});
		poll.start();
		try {
			Awaitility.await().until(() -> this.first.get() > 2 && this.second.get() > 2);
		}
		finally {
			poll.stop();
		}
	}

	private ServerPoll poll(Runnable look) {
		return new ServerPoll(List.of(look, this.second::incrementAndGet), Duration.ofMillis(5));
	}

}
