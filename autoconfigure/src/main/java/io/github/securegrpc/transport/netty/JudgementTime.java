package io.github.securegrpc.transport.netty;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import org.jspecify.annotations.Nullable;

/**
 * When OpenSSL had the peer's certificate judged, kept with the session. A session that
 * is resumed is not judged again, so that the time tells a full handshake from a resumed
 * one. The JDK makes no stateless ticket of a session that anything is kept with, and
 * tells by itself.
 */
final class JudgementTime {

	private static final String NAME = JudgementTime.class.getName();

	private JudgementTime() {
	}

	static void mark(SSLEngine engine) {
		if (engine instanceof ReferenceCountedOpenSslEngine) {
			SSLSession session = engine.getHandshakeSession();
			if (session != null) {
				session.putValue(NAME, System.nanoTime());
			}
		}
	}

	static @Nullable Long of(SSLSession session) {
		return (session.getValue(NAME) instanceof Long time) ? time : null;
	}

}
