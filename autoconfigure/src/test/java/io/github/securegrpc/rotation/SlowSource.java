package io.github.securegrpc.rotation;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsMaterialSource;

/**
 * A source on a file system that hangs: no interrupt wakes it.
 */
public final class SlowSource implements TlsMaterialSource {

	final AtomicInteger loads = new AtomicInteger();

	private volatile TlsMaterial content;

	private volatile CountDownLatch hangs = new CountDownLatch(0);

	public SlowSource(TlsMaterial content) {
		this.content = content;
	}

	public void hang() {
		this.hangs = new CountDownLatch(1);
	}

	public void comeBackWith(TlsMaterial content) {
		this.content = content;
		this.hangs.countDown();
	}

	@Override
	public TlsMaterial load() {
		this.loads.incrementAndGet();
		boolean interrupted = false;
		for (;;) {
			try {
				this.hangs.await();
				break;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return this.content;
	}

	@Override
	public MaterialOrigin origin() {
		return new MaterialOrigin("/mnt/nfs/tls.crt (secure-grpc.client.cert)",
				"/mnt/nfs/tls.key (secure-grpc.client.key)", "/mnt/nfs/ca.crt (secure-grpc.client.ca)");
	}

}
