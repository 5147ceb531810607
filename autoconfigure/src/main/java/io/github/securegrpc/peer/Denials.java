package io.github.securegrpc.peer;

import java.util.function.Consumer;

import io.grpc.Status;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells all who want to know of a denial, and what the peer is told. Thread-safe.
 */
final class Denials {

	private static final Log logger = LogFactory.getLog(Denials.class);

	private final Consumer<Consumer<DenialListener>> listeners;

	private final AuditLog audit;

	Denials(Consumer<Consumer<DenialListener>> listeners, AuditLog audit) {
		this.listeners = listeners;
		this.audit = audit;
	}

	AuditLog audit() {
		return this.audit;
	}

	void tell(Denial denial) {
		this.audit.denied(denial);
		this.listeners.accept((listener) -> {
			try {
				listener.denied(denial);
			}
			catch (RuntimeException ex) {
				logger.error("%s failed; the call is denied nevertheless".formatted(listener), ex);
			}
		});
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
			case NO_RULE ->
				Status.PERMISSION_DENIED.withDescription("%s is not allowed to %s".formatted(denial.method(), peer));
		};
	}

}
