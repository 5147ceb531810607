package io.github.securegrpc.transport.netty;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.transport.ChannelTarget;
import io.github.securegrpc.transport.FailureDiagnosis;
import io.github.securegrpc.transport.Handshake;
import io.github.securegrpc.transport.Handshake.Resumption;
import io.github.securegrpc.transport.HandshakeResult;

/**
 * Reports the end of one connection's handshake, once.
 */
final class HandshakeReport {

	private final Observation observation;

	private final Channel connection;

	private final SslHandler ssl;

	private final PeerTrust trust;

	private final long startedAt = System.nanoTime();

	private final long startedMillis = System.currentTimeMillis();

	private final Instant started;

	private @Nullable Boolean hasCertificate;

	private boolean done;

	HandshakeReport(Observation observation, Channel connection, SslHandler ssl) {
		this.observation = observation;
		this.connection = connection;
		this.ssl = ssl;
		this.trust = observation.context().trust(ssl.engine());
		this.started = observation.clock().instant();
	}

	void completed() {
		SSLSession session = this.ssl.engine().getSession();
		report(new Handshake.Completed(session, resumption(session)));
		if (this.observation.target() != null) {
			Instant notAfter = serverLeaf(session).getNotAfter().toInstant();
			// what had expired before was accepted nevertheless: a pin, and validation:
			// platform
			ServerWatch.begin(this.connection, this.ssl.engine(),
					this.started.isAfter(notAfter) ? Instant.MAX : notAfter, this.observation);
		}
	}

	/*
	 * Returns why the peer is not accepted though the handshake succeeded, or null:
	 * nobody judges the peer of a resumed session, and since the session began a
	 * certificate or a revocation list may have expired. The session is not resumed a
	 * second time. Whether the JDK resumed one is told by the time of day, which may have
	 * been set back: its peers are judged here in any case.
	 */
	@Nullable CertificateException objection() {
		SSLSession session = this.ssl.engine().getSession();
		boolean judged = isOpenSsl() && resumption(session) == Resumption.FULL_HANDSHAKE;
		if (judged || !hasCertificate(session)) {
			return null;
		}
		CertificateException refusal = this.trust.refusal(this.ssl.engine());
		if (refusal != null) {
			session.invalidate();
		}
		return refusal;
	}

	private static X509Certificate serverLeaf(SSLSession session) {
		try {
			return (X509Certificate) session.getPeerCertificates()[0];
		}
		catch (SSLPeerUnverifiedException ex) {
			throw new IllegalStateException("a server always has a certificate", ex);
		}
	}

	Handshake.Failed failed(Throwable cause) {
		ChannelTarget target = this.observation.target();
		Handshake.Failed failed = FailureDiagnosis.of(cause,
				this.trust.end((target != null) ? target.channel() : null));
		if (failed.result() == HandshakeResult.PEER_CONNECTION_CLOSED && isTimedOut()) {
			failed = new Handshake.Failed(HandshakeResult.HANDSHAKE_TIMEOUT,
					"the handshake took too long (expected: within %s)".formatted(this.observation.timeout()));
		}
		report(failed);
		return failed;
	}

	/*
	 * grpc-java closes the connection at its own timeout, which began when it was
	 * accepted, a moment before this: whatever ends in the last tenth ran out of time.
	 */
	private boolean isTimedOut() {
		Duration timeout = this.observation.timeout();
		return timeout != null && System.nanoTime() - this.startedAt >= timeout.toNanos() / 10 * 9;
	}

	boolean lacksHttp2() {
		return this.ssl.applicationProtocol() == null;
	}

	void failedWithoutHttp2() {
		report(new Handshake.Failed(HandshakeResult.NO_APPLICATION_PROTOCOL,
				"HTTP/2 (h2) was not negotiated: the peer offered no protocol or another one (expected: ALPN h2)"));
	}

	private void report(Handshake.End end) {
		if (!this.done) {
			this.done = true;
			this.observation.listener()
				.completed(new Handshake(this.observation.target(), this.connection.remoteAddress(),
						this.trust.generation(), end));
		}
	}

	/*
	 * The JDK tells by the age of the session; one from the future is from before the
	 * clock was set back. OpenSSL has the peer judged in every full handshake, if there
	 * is a certificate to judge.
	 */
	private Resumption resumption(SSLSession session) {
		if (!isOpenSsl()) {
			long created = session.getCreationTime();
			return (created < this.startedMillis || created > System.currentTimeMillis()) ? Resumption.RESUMED_HANDSHAKE
					: Resumption.FULL_HANDSHAKE;
		}
		if (!hasCertificate(session)) {
			return Resumption.UNKNOWN;
		}
		Long judgedAt = JudgementTime.of(session);
		return (judgedAt != null && judgedAt - this.startedAt >= 0) ? Resumption.FULL_HANDSHAKE
				: Resumption.RESUMED_HANDSHAKE;
	}

	private boolean isOpenSsl() {
		return this.ssl.engine() instanceof ReferenceCountedOpenSslEngine;
	}

	/* Asked once: a session without one answers with an exception. */
	private boolean hasCertificate(SSLSession session) {
		Boolean known = this.hasCertificate;
		if (known == null) {
			known = this.trust.judge() != null && isThereOne(session);
			this.hasCertificate = known;
		}
		return known;
	}

	private static boolean isThereOne(SSLSession session) {
		try {
			return session.getPeerCertificates().length > 0;
		}
		catch (SSLPeerUnverifiedException ex) {
			return false;
		}
	}

}
