package io.github.securegrpc.peer;

import java.util.List;
import java.util.function.Supplier;

import io.grpc.Status;

import io.github.securegrpc.rotation.Teller;
import io.github.securegrpc.rotation.Tellers;

/**
 * Tells all who want to know of a denial, and what the peer is told. Thread-safe.
 */
final class Denials implements AutoCloseable {

	private final AuditLog audit;

	private final Teller<Denial> auditor;

	private final Tellers<Denial> tellers;

	Denials(Supplier<List<DenialListener>> source, AuditLog audit) {
		this.audit = audit;
		this.auditor = teller(audit);
		this.tellers = new Tellers<>("denials", () -> source.get().stream().map(Denials::teller).toList());
	}

	AuditLog audit() {
		return this.audit;
	}

	/* Never throws: whoever tells goes on to deny. */
	void tell(Denial denial) {
		this.auditor.tell(denial);
		this.tellers.tell(denial);
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
			case NO_PASSWORD -> Status.UNAUTHENTICATED.withDescription(
					"%s: a user's name and password are needed, none were sent".formatted(denial.method()));
			case WRONG_PASSWORD -> Status.UNAUTHENTICATED
				.withDescription("%s: the user's name or password is wrong".formatted(denial.method()));
			case TOO_MANY_PASSWORDS -> Status.RESOURCE_EXHAUSTED
				.withDescription("%s: too many passwords wait to be verified".formatted(denial.method()));
			case NO_RULE ->
				Status.PERMISSION_DENIED.withDescription("%s is not allowed to %s".formatted(denial.method(), peer));
		};
	}

}
