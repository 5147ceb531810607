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

	private final Map<Key, WeakReference<SslContext>> contexts = new HashMap<>();

	/* The caller owns what is returned, and releases it. */
	synchronized SslContext get(TlsMaterial material, TlsOptions options, ContextBuilder builder) {
		this.contexts.values().removeIf((reference) -> isGone(reference.get()));
		Key key = new Key(material.fingerprint(), options);
		WeakReference<SslContext> reference = this.contexts.get(key);
		SslContext shared = (reference != null) ? retain(reference.get()) : null;
		if (shared == null) {
			shared = builder.build(material);
			this.contexts.put(key, new WeakReference<>(shared));
		}
		return shared;
	}

	private static boolean isGone(@Nullable SslContext context) {
		return context == null || ReferenceCountUtil.refCnt(context) == 0;
	}

	private static @Nullable SslContext retain(@Nullable SslContext context) {
		try {
			return (context != null) ? ReferenceCountUtil.retain(context) : null;
		}
		catch (IllegalReferenceCountException ex) {
			return null; // freed since it was looked at
		}
	}

	private record Key(String fingerprint, TlsOptions options) {

	}

}
