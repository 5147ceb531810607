package io.github.securegrpc.peer;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.grpc.Status;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.PrintableLog;

/**
 * Tells all who want to know of a denial, and what the peer is told. Thread-safe.
 */
final class Denials {

	private static final PrintableLog logger = PrintableLog.of(Denials.class);

	private final Supplier<List<DenialListener>> source;

	private final AuditLog audit;

	private final Set<DenialListener> failed = ConcurrentHashMap.newKeySet();

	private volatile @Nullable List<DenialListener> listeners;

	Denials(Supplier<List<DenialListener>> source, AuditLog audit) {
		this.source = source;
		this.audit = audit;
	}

	AuditLog audit() {
		return this.audit;
	}

	void tell(Denial denial) {
		this.audit.denied(denial);
		for (DenialListener listener : listeners()) {
			try {
				listener.denied(denial);
			}
			catch (RuntimeException ex) {
				if (this.failed.add(listener)) {
					logger.error("%s failed, which is not said again; the call is denied nevertheless"
						.formatted(listener.getClass().getName()), ex);
				}
			}
		}
	}

	/* The beans are asked for when the first is told, and never again. */
	private List<DenialListener> listeners() {
		List<DenialListener> found = this.listeners;
		if (found == null) {
			found = List.copyOf(this.source.get());
			this.listeners = found;
		}
		return found;
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
