package io.github.securegrpc.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.peer.password.BasicCredentials;
import io.github.securegrpc.peer.password.Passwords;
import io.github.securegrpc.text.PrintableLog;
import io.github.securegrpc.validation.LogLimit;

/**
 * Verifies the password that a call brings; if it is right, the call's context knows the
 * user. Whether one is needed is asked behind it, with the rules. No thread of the
 * server's waits for bcrypt. Thread-safe.
 */
final class PasswordInterceptor implements ServerInterceptor {

	private static final PrintableLog logger = PrintableLog.of(PasswordInterceptor.class);

	private static final int THREADS = 8;

	private final Passwords passwords;

	private final Denials denials;

	/* Not those of the passwords: the application's code may take its time. */
	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), (task) -> {
				Thread thread = new Thread(task, "secure-grpc-verified");
				thread.setDaemon(true);
				return thread;
			});

	PasswordInterceptor(Passwords passwords, Denials denials) {
		this.passwords = passwords;
		this.denials = denials;
		this.threads.allowCoreThreadTimeOut(true);
	}

	@Override
	public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
			ServerCallHandler<Q, A> next) {
		BasicCredentials presented;
		try {
			presented = BasicCredentials.of(headers);
		}
		catch (IllegalArgumentException ex) {
			return deny(call, Denial.Reason.WRONG_PASSWORD, String.valueOf(ex.getMessage()));
		}
		if (presented == null) {
			return next.startCall(call, headers);
		}
		Opening<Q, A> opening = new Opening<>(call, headers, next);
		CompletableFuture<Passwords.Verdict> verdict = this.passwords.verify(presented,
				LogLimit.site(Denial.Caller.of(call).address()));
		if (verdict.isDone()) {
			return begin(opening, presented, verdict.join());
		}
		DelayedListener<Q> delayed = new DelayedListener<>();
		Context context = Context.current();
		verdict.thenAccept((found) -> {
			Runnable begin = context.wrap(() -> beginLater(opening, presented, found, delayed));
			if (found == Passwords.Verdict.RIGHT) {
				hand(begin, opening);
			}
			else {
				begin.run();
			}
		});
		return delayed;
	}

	private void hand(Runnable begin, Opening<?, ?> opening) {
		try {
			this.threads.execute(begin);
		}
		catch (RuntimeException | Error ex) {
			// no thread to be had
			fail(opening, ex);
		}
	}

	/* As gRPC does where it calls us. */
	private <Q, A> void beginLater(Opening<Q, A> opening, BasicCredentials presented, Passwords.Verdict verdict,
			DelayedListener<Q> delayed) {
		try {
			delayed.begin(begin(opening, presented, verdict));
		}
		catch (RuntimeException | Error ex) {
			fail(opening, ex);
		}
	}

	private static void fail(Opening<?, ?> opening, Throwable failure) {
		logger.error("A call of %s did not begin".formatted(opening.call().getMethodDescriptor().getFullMethodName()),
				failure);
		try {
			opening.call().close(Status.fromThrowable(failure), new Metadata());
		}
		catch (RuntimeException ex) {
			// closed already
		}
	}

	private <Q, A> ServerCall.Listener<Q> begin(Opening<Q, A> opening, BasicCredentials presented,
			Passwords.Verdict verdict) {
		return switch (verdict) {
			case RIGHT ->
				Contexts.interceptCall(Context.current().withValue(BasicUser.KEY, new BasicUser(presented.user())),
						opening.call(), opening.headers(), opening.next());
			// of other names nothing is said: some write the password there
			case WRONG -> deny(opening.call(), Denial.Reason.WRONG_PASSWORD,
					this.passwords.users().contains(presented.user())
							? "the password sent is not that of user:" + presented.user()
							: "there is no user of the name sent");
			case NOT_VERIFIED -> deny(opening.call(), Denial.Reason.TOO_MANY_PASSWORDS, "too many wait to be verified");
		};
	}

	private <Q> ServerCall.Listener<Q> deny(ServerCall<Q, ?> call, Denial.Reason reason, String detail) {
		Denial denial = new Denial(reason, call.getMethodDescriptor().getFullMethodName(), Denial.Caller.of(call),
				detail, true);
		this.denials.tell(denial);
		call.close(Denials.status(denial), new Metadata());
		return new ServerCall.Listener<>() {
		};
	}

	/**
	 * A call that has not begun.
	 *
	 * @param <Q> the type of requests
	 * @param <A> the type of responses
	 * @param call the call
	 * @param headers its headers
	 * @param next what begins it
	 */
	private record Opening<Q, A>(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {

		/* Not the headers. */
		@Override
		public String toString() {
			return "Opening[%s]".formatted(this.call.getMethodDescriptor().getFullMethodName());
		}

	}

	/**
	 * Keeps what happens to a call until it is known who listens. In order, one at a
	 * time, as gRPC has it.
	 *
	 * @param <Q> the type of requests
	 */
	private static final class DelayedListener<Q> extends ServerCall.Listener<Q> {

		private final List<Consumer<ServerCall.Listener<Q>>> kept = new ArrayList<>();

		private ServerCall.@Nullable Listener<Q> listener;

		private synchronized void begin(ServerCall.Listener<Q> listener) {
			this.listener = listener;
			this.kept.forEach((event) -> event.accept(listener));
			this.kept.clear();
		}

		private synchronized void pass(Consumer<ServerCall.Listener<Q>> event) {
			if (this.listener != null) {
				event.accept(this.listener);
			}
			else {
				this.kept.add(event);
			}
		}

		@Override
		public void onMessage(Q message) {
			pass((listener) -> listener.onMessage(message));
		}

		@Override
		public void onHalfClose() {
			pass(ServerCall.Listener::onHalfClose);
		}

		@Override
		public void onCancel() {
			pass(ServerCall.Listener::onCancel);
		}

		@Override
		public void onComplete() {
			pass(ServerCall.Listener::onComplete);
		}

		@Override
		public void onReady() {
			pass(ServerCall.Listener::onReady);
		}

	}

}
