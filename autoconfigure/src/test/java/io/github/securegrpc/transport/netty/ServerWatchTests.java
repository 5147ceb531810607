package io.github.securegrpc.transport.netty;

import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import javax.net.ssl.SSLException;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.rotation.Generation;
import io.github.securegrpc.transport.ChannelTarget;
import io.github.securegrpc.transport.ConnectionLog;

/**
 * What the context of a channel keeps of a connection that is closed.
 */
class ServerWatchTests {

	private final RotatingSslContext context = new RotatingSslContext((material) -> {
		try {
			return new TlsContext(SslContextBuilder.forClient().sslProvider(SslProvider.JDK).build(), null);
		}
		catch (SSLException ex) {
			throw new IllegalStateException(ex);
		}
	});

	private final Observation observation = new Observation(new ChannelTarget("it", "localhost"), null, this.context,
			(handshake) -> {
			}, new ConnectionLog(Clock.systemUTC()), Clock.systemUTC());

	/* What a server said last is read after its connection was closed. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionIsForgottenWhenItCloses(boolean alreadyClosed) {
		TrustAnchors anchors = new TrustAnchors(List.of(TestCertificates.authority("ca").getCertificate()));
		this.context.prepare(new Generation(1, new TlsMaterial(null, anchors), Instant.EPOCH)).take();
		WeakReference<Channel> connection = watched(alreadyClosed);
		Awaitility.await().until(() -> {
			System.gc();
			return connection.refersTo(null);
		});
	}

	private WeakReference<Channel> watched(boolean alreadyClosed) {
		EmbeddedChannel connection = new EmbeddedChannel();
		if (alreadyClosed) {
			connection.close();
		}
		ServerWatch.begin(connection, this.context.newEngine(ByteBufAllocator.DEFAULT), Instant.MAX, this.observation);
		connection.close();
		return new WeakReference<>(connection);
	}

}
