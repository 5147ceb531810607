package io.github.securegrpc.actuate;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.MutableClock;
import io.github.securegrpc.transport.ChannelTarget;
import io.github.securegrpc.transport.Handshake;
import io.github.securegrpc.transport.HandshakeResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many failed handshakes are kept.
 */
class HandshakeFailuresTests {

	private final HandshakeFailures failures = new HandshakeFailures(new MutableClock());

	@Test
	void newest32AreKeptNewestFirst() {
		for (int i = 1; i <= 40; i++) {
			this.failures.completed(failed(null, i));
		}
		List<String> expected = IntStream.rangeClosed(9, 40).mapToObj((i) -> "the " + (49 - i)).toList();
		assertThat(this.failures.newest()).extracting(CertificatesReport.HandshakeFailure::detail)
			.containsExactlyElementsOf(expected);
	}

	@Test
	void sideAndPeerAreNamedAndSuccessIsNotAFailure() throws Exception {
		SSLSession session = SSLContext.getDefault().createSSLEngine().getSession();
		this.failures.completed(
				new Handshake(null, null, 1, new Handshake.Completed(session, Handshake.Resumption.FULL_HANDSHAKE)));
		this.failures.completed(failed(null, 1));
		this.failures.completed(failed(new ChannelTarget("ledger", "dns:///ledger"), 2));
		assertThat(this.failures.newest()).extracting(CertificatesReport.HandshakeFailure::side)
			.containsExactly("client.ledger", "server");
		assertThat(this.failures.newest()).extracting(CertificatesReport.HandshakeFailure::peer)
			.containsExactly("localhost:2", "localhost:1");
	}

	private static Handshake failed(@Nullable ChannelTarget channel, int port) {
		return new Handshake(channel, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1,
				new Handshake.Failed(HandshakeResult.CERTIFICATE_EXPIRED, "the " + port));
	}

}
