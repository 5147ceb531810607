package io.github.securegrpc.engine;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;

/**
 * A channel that says when it is shut down, so that nobody keeps what nobody calls over.
 */
final class RegisteredChannel extends ManagedChannel {

	private final ManagedChannel delegate;

	private final Consumer<ManagedChannel> shutDown;

	RegisteredChannel(ManagedChannel delegate, Consumer<ManagedChannel> shutDown) {
		this.delegate = delegate;
		this.shutDown = shutDown;
	}

	@Override
	public ManagedChannel shutdown() {
		this.delegate.shutdown();
		this.shutDown.accept(this.delegate);
		return this;
	}

	@Override
	public ManagedChannel shutdownNow() {
		this.delegate.shutdownNow();
		this.shutDown.accept(this.delegate);
		return this;
	}

	@Override
	public boolean isShutdown() {
		return this.delegate.isShutdown();
	}

	@Override
	public boolean isTerminated() {
		return this.delegate.isTerminated();
	}

	@Override
	public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
		return this.delegate.awaitTermination(timeout, unit);
	}

	@Override
	public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
		return this.delegate.newCall(method, options);
	}

	@Override
	public String authority() {
		return this.delegate.authority();
	}

	@Override
	public ConnectivityState getState(boolean requestConnection) {
		return this.delegate.getState(requestConnection);
	}

	@Override
	public void notifyWhenStateChanged(ConnectivityState source, Runnable callback) {
		this.delegate.notifyWhenStateChanged(source, callback);
	}

	@Override
	public void resetConnectBackoff() {
		this.delegate.resetConnectBackoff();
	}

	@Override
	public void enterIdle() {
		this.delegate.enterIdle();
	}

}
