package io.github.securegrpc.transport.netty;

import io.netty.util.ReferenceCountUtil;

/**
 * Something with native memory that is ours until it is handed over. Whatever is thrown
 * before that, an {@link Error} included, frees it.
 *
 * @param <T> a context or an engine
 */
final class Owned<T> implements AutoCloseable {

	private final T thing;

	private boolean handedOver;

	Owned(T thing) {
		this.thing = thing;
	}

	T get() {
		return this.thing;
	}

	/* From now on it is the caller's to release. */
	T handOver() {
		this.handedOver = true;
		return this.thing;
	}

	@Override
	public void close() {
		if (!this.handedOver) {
			ReferenceCountUtil.release(this.thing);
		}
	}

}
