package io.github.securegrpc.devh;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.transport.Handshake;
import io.github.securegrpc.transport.HandshakeListener;

/**
 * Keeps every handshake of an application.
 */
final class HandshakeRecorder implements HandshakeListener {

	private final List<Handshake> handshakes = new CopyOnWriteArrayList<>();

	static HandshakeRecorder in(ConfigurableApplicationContext context) {
		HandshakeRecorder recorder = new HandshakeRecorder();
		context.getBeanFactory().registerSingleton("recorder", recorder);
		return recorder;
	}

	@Override
	public void completed(Handshake handshake) {
		this.handshakes.add(handshake);
	}

	/* The one handshake since the last call. */
	Handshake next() {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(10))
			.until(() -> !this.handshakes.isEmpty());
		Handshake handshake = this.handshakes.get(0);
		this.handshakes.clear();
		return handshake;
	}

}
