package io.github.securegrpc.peer;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.grpc.Status;
import org.springframework.util.function.SingletonSupplier;

import io.github.securegrpc.material.PrintableLog;
import io.github.securegrpc.rotation.Teller;

/**
 * Tells all who want to know of a denial, and what the peer is told. Thread-safe.
 */
final class Denials implements AutoCloseable {

	private static final PrintableLog logger = PrintableLog.of(Denials.class);

	private final AuditLog audit;

	private final Teller<Denial> auditor;

	private final Supplier<List<Teller<Denial>>> tellers;

	private final AtomicBoolean failed = new AtomicBoolean();

	/* The listeners are asked for when the first denial is told, and never again. */
	Denials(Supplier<List<DenialListener>> source, AuditLog audit) {
		this.audit = audit;
		this.auditor = teller(audit);
		this.tellers = SingletonSupplier.of(() -> source.get().stream().map(Denials::teller).toList());
	}

	AuditLog audit() {
		return this.audit;
	}

	/* Never throws: whoever tells goes on to deny. */
	void tell(Denial denial) {
		this.auditor.tell(denial);
		try {
			this.tellers.get().forEach((teller) -> teller.tell(denial));
		}
		catch (RuntimeException ex) {
			if (this.failed.compareAndSet(false, true)) {
				logger.error("No DenialListener is told: they cannot be had, which is said once", ex);
			}
		}
	}

	@Override
	public void close() {
		this.audit.close();
	}

	private static Teller<Denial> teller(DenialListener listener) {
		return (listener instanceof ImmediateDenialListener) ? Teller.atOnce(listener, listener::denied)
				: Teller.later(listener, listener::denied);
	}

	/* Names method and peer; rules and trust anchors are no business of the peer's. */
	static Status status(Denial denial) {
		String peer = denial.caller().name();
		return switch (denial.reason()) {
			case EXPIRED -> Status.UNAUTHENTICATED
				.withDescription("%s: the certificate of %s is not valid now".formatted(denial.method(), peer));
			case UNTRUSTED -> Status.UNAUTHENTICATED
				.withDescription("%s: the certificate of %s is not trusted any more".formatted(denial.method(), peer));
			case NO_CERTIFICATE -> Status.UNAUTHENTICATED
				.withDescription("%s: a client certificate is needed, none was presented".formatted(denial.method()));
			case BYPASSED -> Status.UNAUTHENTICATED
				.withDescription("%s: the connection is not secured the way it has to be".formatted(denial.method()));
			case NO_RULE ->
				Status.PERMISSION_DENIED.withDescription("%s is not allowed to %s".formatted(denial.method(), peer));
		};
	}

}
