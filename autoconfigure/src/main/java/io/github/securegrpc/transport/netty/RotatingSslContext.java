package io.github.securegrpc.transport.netty;

import java.util.List;
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

	private volatile State state = State.NONE;

	RotatingSslContext(ContextBuilder builder) {
		this.builder = builder;
	}

	@Override
	public Prepared prepare(Generation next) {
		SslContext context = this.builder.build(next.material());
		return new Prepared() {

			@Override
			public void take() {
				State before = RotatingSslContext.this.state;
				RotatingSslContext.this.state = new State(next.number(), context);
				if (before != State.NONE) {
					ReferenceCountUtil.release(before.context);
				}
			}

			@Override
			public void discard() {
				ReferenceCountUtil.release(context);
			}

		};
	}

	int generation() {
		return this.state.generation;
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
			SslContext context = context();
			try {
				ReferenceCountUtil.retain(context);
			}
			catch (IllegalReferenceCountException ex) {
				continue; // replaced and freed since it was read: take the new one
			}
			try {
				return factory.apply(context);
			}
			finally {
				ReferenceCountUtil.release(context);
			}
		}
	}

	private SslContext context() {
		return this.state.context();
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

	private static final class State {

		private static final State NONE = new State(0, null);

		private final int generation;

		private final @Nullable SslContext context;

		private State(int generation, @Nullable SslContext context) {
			this.generation = generation;
			this.context = context;
		}

		private SslContext context() {
			if (this.context == null) {
				throw new IllegalStateException("no generation was taken yet");
			}
			return this.context;
		}

	}

}
