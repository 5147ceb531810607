package io.github.securegrpc.transport.netty;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.OpenSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.TlsProvider;
import io.github.securegrpc.rotation.Generation;
import io.github.securegrpc.rotation.GenerationListener;

/**
 * A context that stands for the one of the generation in force. Each generation has a
 * context of its own, with its own session cache and tickets: a manager replaced inside a
 * live context would be bypassed by every resumed session. An engine retains the context
 * that made it, so that a replaced one is freed when its last connection is gone.
 * Thread-safe.
 */
public final class RotatingSslContext extends SslContext implements GenerationListener {

	private final ContextBuilder builder;

	/* Which generation made an engine. */
	private final Map<SSLEngine, PeerTrust> engines = Collections.synchronizedMap(new WeakHashMap<>());

	private final Set<Runnable> followers = ConcurrentHashMap.newKeySet();

	private volatile @Nullable State state;

	RotatingSslContext(ContextBuilder builder) {
		this.builder = builder;
	}

	@Override
	public Prepared prepare(Generation next) {
		TlsContext context = this.builder.build(next.material());
		try (Owned<SslContext> owned = new Owned<>(context.netty())) {
			Prepared prepared = prepared(new State(owned.get(), PeerTrust.of(next, context.judge())));
			owned.handOver();
			return prepared;
		}
	}

	private Prepared prepared(State taken) {
		return new Prepared() {

			@Override
			public void take() {
				State before = RotatingSslContext.this.state;
				RotatingSslContext.this.state = taken;
				if (before != null) {
					ReferenceCountUtil.release(before.context());
					if (!taken.trust().believesTheSame(before.trust())) {
						RotatingSslContext.this.followers.forEach(Runnable::run);
					}
				}
			}

			@Override
			public void discard() {
				ReferenceCountUtil.release(taken.context());
			}

		};
	}

	/* Whoever follows is told when the trust anchors or revocation lists changed. */
	void follow(Runnable follower) {
		this.followers.add(follower);
	}

	void unfollow(Runnable follower) {
		this.followers.remove(follower);
	}

	/* Whom the generation in force believes. */
	PeerTrust trust() {
		return state().trust();
	}

	/* Whom the generation believed that made an engine. */
	PeerTrust trust(SSLEngine engine) {
		return Objects.requireNonNull(this.engines.get(engine), "an engine of another context");
	}

	TlsProvider provider() {
		return (context() instanceof OpenSslContext) ? TlsProvider.OPENSSL : TlsProvider.JDK;
	}

	@Override
	public SSLEngine newEngine(ByteBufAllocator allocator) {
		return newEngine((context) -> context.newEngine(allocator));
	}

	@Override
	public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
		return newEngine((context) -> context.newEngine(allocator, peerHost, peerPort));
	}

	private SSLEngine newEngine(Function<SslContext, SSLEngine> factory) {
		for (;;) {
			State current = state();
			try {
				ReferenceCountUtil.retain(current.context());
			}
			catch (IllegalReferenceCountException ex) {
				continue; // replaced and freed since it was read: take the new one
			}
			try (Owned<SSLEngine> engine = new Owned<>(factory.apply(current.context()))) {
				this.engines.put(engine.get(), current.trust());
				return engine.handOver();
			}
			finally {
				ReferenceCountUtil.release(current.context());
			}
		}
	}

	private SslContext context() {
		return state().context();
	}

	private State state() {
		return Objects.requireNonNull(this.state, "no generation was taken yet");
	}

	@Override
	public boolean isClient() {
		return context().isClient();
	}

	@Override
	public List<String> cipherSuites() {
		return context().cipherSuites();
	}

	@Override
	@SuppressWarnings("deprecation")
	public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
		return context().applicationProtocolNegotiator();
	}

	@Override
	public SSLSessionContext sessionContext() {
		return context().sessionContext();
	}

	private record State(SslContext context, PeerTrust trust) {

	}

}
