package io.github.securegrpc.transport.netty;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.rotation.Generation;
import io.github.securegrpc.transport.ConnectionLog;
import io.github.securegrpc.transport.Handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * What is found of a peer after the handshake.
 */
class HandshakeReportTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private final SSLSession session = mock(SSLSession.class);

	private final SSLEngine engine = mock(SSLEngine.class);

	private final List<Handshake> reported = new ArrayList<>();

	private final X509ExtendedTrustManager judge = mock(X509ExtendedTrustManager.class);

	/*
	 * The session is from before the clock was set back: it looks younger than its
	 * handshake.
	 */
	@Test
	void peerOfASessionThatIsYoungerThanItsHandshakeIsJudged() throws Exception {
		long later = Clock.systemUTC().millis() + Duration.ofHours(1).toMillis();
		given(this.session.getCreationTime()).willReturn(later);
		given(this.session.getCipherSuite()).willReturn("TLS_AES_128_GCM_SHA256");
		given(this.session.getPeerCertificates()).willReturn(TestCertificates.client(CA).getCertificatePath());
		given(this.engine.getSession()).willReturn(this.session);
		willThrow(new CertificateException("revoked")).given(this.judge)
			.checkClientTrusted(any(X509Certificate[].class), any(), any(SSLEngine.class));
		assertThat(report().objection()).hasMessage("revoked");
	}

	@Test
	void sessionFromTheFutureIsAResumedOne() throws Exception {
		long later = Clock.systemUTC().millis() + Duration.ofHours(1).toMillis();
		given(this.session.getCreationTime()).willReturn(later);
		given(this.engine.getSession()).willReturn(this.session);
		report().completed();
		assertThat(this.reported).singleElement()
			.extracting(Handshake::end)
			.isInstanceOfSatisfying(Handshake.Completed.class,
					(end) -> assertThat(end.resumption()).isEqualTo(Handshake.Resumption.RESUMED_HANDSHAKE));
	}

	private HandshakeReport report() {
		SslContext netty = mock(SslContext.class);
		given(netty.newEngine(any(ByteBufAllocator.class))).willReturn(this.engine);
		RotatingSslContext context = new RotatingSslContext((material) -> new TlsContext(netty, this.judge));
		Clock clock = Clock.systemUTC();
		context.prepare(new Generation(1, new TlsMaterial(null, null), clock.instant())).take();
		SslHandler ssl = new SslHandler(context.newEngine(ByteBufAllocator.DEFAULT));
		return new HandshakeReport(
				new Observation(null, null, context, this.reported::add, new ConnectionLog(clock), clock),
				new EmbeddedChannel(), ssl);
	}

}
