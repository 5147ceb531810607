package io.github.securegrpc.peer;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.grpc.Attributes;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.validation.TrustRules;

/**
 * Decides what is asked of the peers of a server, from {@code secure-grpc.authorization},
 * or refuses with the reason. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PeerRules {

	private static final Log logger = LogFactory.getLog(PeerRules.class);

	private final @Nullable Rules rules;

	private final Denials denials;

	private final Clock clock;

	private final ScheduledThreadPoolExecutor executor;

	PeerRules(AuthorizationProperties properties, Supplier<List<DenialListener>> listeners, Clock clock) {
		this.rules = Rules.of(properties).orElse(null);
		this.denials = new Denials(listeners, new AuditLog(clock));
		this.clock = clock;
		this.executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "secure-grpc-peer");
			thread.setDaemon(true);
			return thread;
		});
		this.executor.setRemoveOnCancelPolicy(true);
	}

	/**
	 * Returns the guard of a server.
	 * @param material the server's material, or {@code null} where it speaks plaintext or
	 * asks no client for a certificate: its peers have no identity
	 * @param trust how the certificates of its peers are judged
	 * @param closer closes the connection that has some transport attributes, gracefully
	 * @return the guard
	 */
	public PeerGuard guard(@Nullable RotatingMaterial material, TrustRules trust, Consumer<Attributes> closer) {
		if (this.rules != null && material == null) {
			logger.warn("%s is set, but the server asks no client for a certificate: only anyone can be allowed"
				.formatted(Rules.PREFIX));
		}
		PeerWatch watch = new PeerWatch(this.executor, this.denials, this.clock);
		TrustInForce inForce = new TrustInForce(trust,
				(material != null) ? String.valueOf(material.origin().ca()) : "nothing", watch::trustChanged);
		if (material != null) {
			material.addListener(inForce);
		}
		return new PeerGuard(new PeerFilter(inForce, watch, closer),
				new PeerInterceptor(this.rules, inForce, this.denials, this.clock));
	}

	/**
	 * Warns of rules for methods that a server does not have, with the nearest it has.
	 * @param methods the full names of all methods of the server
	 */
	public void warnOfUnknown(Collection<String> methods) {
		if (this.rules != null) {
			this.rules.warnOfUnknown(methods);
		}
	}

	void stop() {
		this.executor.shutdownNow();
	}

}
