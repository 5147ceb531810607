package io.github.securegrpc.peer;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import io.grpc.Attributes;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.peer.rules.TrustedProxies;

/**
 * One connection: who is at its other end, what was last found of that, and its open
 * calls. Thread-safe.
 */
final class PeerConnection {

	static final Attributes.Key<PeerConnection> KEY = Attributes.Key.create("io.github.securegrpc.peer.connection");

	/*
	 * Key exchange says nothing of a certificate that is judged again, but JSSE wants a
	 * word.
	 */
	private static final String AUTH_TYPE = "UNKNOWN";

	private static final int FIRST = 1;

	private static final int NONE = -1;

	private final Denial.Caller caller;

	private final @Nullable Loss objection;

	private final @Nullable ClientAddress address;

	private volatile @Nullable Boolean isProxy;

	private final Runnable closer;

	private final AtomicBoolean closing = new AtomicBoolean();

	private final Set<OpenCall<?, ?>> calls = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean announced = new AtomicBoolean();

	private volatile Verdict verdict;

	private volatile @Nullable Future<?> nextLook;

	/*
	 * The handshake was judged by the trust anchors of then. If anchors were only added
	 * since the first ones, it holds; else the peer may have kept the connection waiting
	 * while they changed.
	 */
	PeerConnection(Denial.Caller caller, TrustInForce.Trust trust, @Nullable Loss objection, Runnable closer) {
		this.caller = caller;
		this.objection = objection;
		this.address = ClientAddress.of(caller.address());
		this.closer = closer;
		this.verdict = new Verdict((trust.acceptsSince() == FIRST) ? FIRST : NONE, null);
	}

	Denial.Caller caller() {
		return this.caller;
	}

	@Nullable ClientAddress address() {
		return this.address;
	}

	/*
	 * Whether a trusted proxy is at its other end: neither changes while it is open, and
	 * of a peer that is not trusted any more no call is served.
	 */
	boolean isOf(TrustedProxies proxies) {
		Boolean known = this.isProxy;
		if (known == null) {
			PeerIdentity peer = this.caller.peer();
			known = proxies.trust((peer != null) ? peer.comparable() : null,
					(this.address != null) ? this.address.address() : null);
			this.isProxy = known;
		}
		return known;
	}

	Set<OpenCall<?, ?>> calls() {
		return this.calls;
	}

	boolean isFirstCall() {
		return !this.announced.get() && this.announced.compareAndSet(false, true);
	}

	void nextLook(Future<?> look) {
		this.nextLook = look;
	}

	void cancelLook() {
		Future<?> look = this.nextLook;
		if (look != null) {
			look.cancel(false);
		}
	}

	/* Returns whether this is the first who wants to close the connection. */
	boolean beginClosing() {
		return this.closing.compareAndSet(false, true);
	}

	boolean isClosing() {
		return this.closing.get();
	}

	void close() {
		this.closer.run();
	}

	/*
	 * Returns why the peer is not authenticated any more, or never was, or null while it
	 * is.
	 */
	@Nullable Loss loss(Instant now, TrustInForce.Trust trust) {
		PeerIdentity peer = this.caller.peer();
		if (this.objection != null || peer == null) {
			return this.objection;
		}
		if (now.isAfter(peer.notAfter())) {
			return new Loss(Denial.Reason.EXPIRED, "its certificate expired at " + peer.notAfter());
		}
		if (now.isBefore(peer.notBefore())) {
			return new Loss(Denial.Reason.EXPIRED, "its certificate is not valid before " + peer.notBefore());
		}
		Verdict last = this.verdict;
		if (!last.holds(trust)) {
			last = new Verdict(trust.number(), refusal(peer, trust));
			this.verdict = last;
		}
		return (last.refusal() != null) ? new Loss(Denial.Reason.UNTRUSTED, last.refusal()) : null;
	}

	private static @Nullable String refusal(PeerIdentity peer, TrustInForce.Trust trust) {
		if (trust.judge() == null) {
			return "the server has no trust anchors";
		}
		try {
			trust.judge().checkClientTrusted(peer.chain().toArray(X509Certificate[]::new), AUTH_TYPE);
			return null;
		}
		catch (CertificateException ex) {
			return String.valueOf(ex.getMessage());
		}
		catch (RuntimeException | StackOverflowError ex) {
			// whom the trust anchors cannot judge, they do not accept
			return "its certificate cannot be judged: " + ex;
		}
	}

	/**
	 * What the trust anchors of some number said.
	 *
	 * @param trust their number
	 * @param refusal why they refuse the peer, or {@code null} if they accept it
	 */
	private record Verdict(int trust, @Nullable String refusal) {

		private boolean holds(TrustInForce.Trust now) {
			return (this.refusal == null) ? this.trust >= now.acceptsSince() : this.trust == now.number();
		}

	}

	/**
	 * Why a peer is not authenticated any more.
	 *
	 * @param reason why
	 * @param detail why in words
	 */
	record Loss(Denial.Reason reason, String detail) {

	}

}
