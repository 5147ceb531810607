package io.github.securegrpc.transport.netty;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

import io.netty.handler.ssl.SslContext;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.transport.TlsOptions;

/**
 * The client contexts alive, by what they are made of: channels whose material and
 * options are equal share one. It keeps none alive. Thread-safe.
 */
final class SharedContexts {

	private final Map<Key, WeakReference<TlsContext>> contexts = new HashMap<>();

	/* The caller owns what is returned, and releases it. */
	synchronized TlsContext get(TlsMaterial material, Settings settings, ContextBuilder builder) {
		this.contexts.values().removeIf((reference) -> isGone(reference.get()));
		Key key = new Key(material.fingerprint(), settings);
		WeakReference<TlsContext> reference = this.contexts.get(key);
		TlsContext shared = (reference != null) ? retain(reference.get()) : null;
		if (shared == null) {
			shared = builder.build(material);
			try (Owned<SslContext> owned = new Owned<>(shared.netty())) {
				this.contexts.put(key, new WeakReference<>(shared));
				owned.handOver();
			}
		}
		return shared;
	}

	private static boolean isGone(@Nullable TlsContext context) {
		return context == null || ReferenceCountUtil.refCnt(context.netty()) == 0;
	}

	private static @Nullable TlsContext retain(@Nullable TlsContext context) {
		try {
			if (context != null) {
				ReferenceCountUtil.retain(context.netty());
			}
			return context;
		}
		catch (IllegalReferenceCountException ex) {
			return null; // freed since it was looked at
		}
	}

	/**
	 * What a context is made of beside its material.
	 *
	 * @param options how TLS is spoken
	 * @param ca where the trust anchors come from: refusals name it
	 */
	record Settings(TlsOptions options, @Nullable String ca) {

	}

	private record Key(String fingerprint, Settings settings) {

	}

}
