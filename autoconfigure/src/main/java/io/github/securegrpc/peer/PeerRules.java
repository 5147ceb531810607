package io.github.securegrpc.peer;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import io.grpc.ServerInterceptor;

import io.github.securegrpc.material.Plaintext;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.peer.rules.Authorization;
import io.github.securegrpc.peer.rules.AuthorizationProperties;
import io.github.securegrpc.peer.rules.Rules;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.text.PrintableLog;

/**
 * Decides what is asked of the peers of a server, from {@code secure-grpc.authorization}
 * and what {@code secure-grpc.server} says of callers, or refuses with the reason.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class PeerRules {

	private static final PrintableLog logger = PrintableLog.of(PeerRules.class);

	private final CallerRules callers;

	private final Denials denials;

	private final Clock clock;

	private final ScheduledThreadPoolExecutor executor;

	private volatile AuthorizationProperties written;

	private volatile Optional<Rules> rules;

	private volatile Collection<String> methods = List.of();

	PeerRules(AuthorizationProperties properties, CallerRules callers, Denials denials, Clock clock) {
		this.callers = callers;
		this.written = properties;
		this.rules = read(properties);
		this.denials = denials;
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
	 * @param server the server
	 * @return the guard
	 */
	public PeerGuard guard(GuardedServer server) {
		this.rules.ifPresent(Rules::announce);
		RotatingMaterial material = server.material();
		if (this.rules.isPresent() && material == null && !this.callers.askForPasswords()) {
			logger.warn("%s is set, but the server asks no client for a certificate: only anyone can be allowed"
				.formatted(Rules.PREFIX));
		}
		PeerWatch watch = new PeerWatch(this.executor, this.denials, this.clock);
		TrustInForce inForce = new TrustInForce(server.trust(),
				(material != null) ? String.valueOf(material.origin().ca()) : "nothing", watch::trustChanged);
		if (material != null) {
			material.addListener(inForce);
		}
		List<ServerInterceptor> interceptors = new ArrayList<>(this.callers.behind());
		interceptors.add(new PeerInterceptor(new CallRules(() -> this.rules, this.callers.askForPasswords()), inForce,
				this.denials, this.clock));
		interceptors.addAll(this.callers.before(this.denials, material != null));
		warnOfUnknownUsers();
		return new PeerGuard(new PeerFilter(inForce, watch, server), interceptors);
	}

	/**
	 * Replaces the rules for every call that begins from now on. Rules are never replaced
	 * by none: that would open what they close, and takes a restart.
	 * @param properties the new rules; the same ones change nothing
	 * @throws RefusedException if they are broken or gone; the old ones stay then
	 */
	public synchronized void replace(AuthorizationProperties properties) {
		if (properties.equals(this.written)) {
			return;
		}
		Optional<Rules> next = read(properties);
		if (this.rules.isPresent() && next.isEmpty()) {
			throw new RefusedException("%s is gone (expected: rules, as before)".formatted(Rules.PREFIX),
					"Restore the rules, or restart the application to do without any.");
		}
		this.written = properties;
		this.rules = next;
		logger.info("Replaced the rules of %s".formatted(Rules.PREFIX));
		next.ifPresent(Rules::announce);
		warnOfUnknown(this.methods);
		warnOfUnknownUsers();
	}

	private void warnOfUnknownUsers() {
		this.rules.ifPresent((current) -> this.callers.users().ifPresent(current::warnOfUnknownUsers));
	}

	/**
	 * Hears where a server speaks plaintext: passwords could be read on the way.
	 * @param where where it does
	 * @throws RefusedException if a password is asked for, anywhere
	 */
	public void plaintext(Plaintext where) {
		this.callers.plaintext(where);
	}

	/**
	 * Returns what holds now.
	 * @return the mode and the number of rules
	 */
	public Authorization inForce() {
		return this.rules.map(Rules::summary).orElse(new Authorization(null, 0));
	}

	/**
	 * Warns of rules for methods that a server does not have, with the nearest it has.
	 * @param served the full names of all methods of the server
	 */
	public void warnOfUnknown(Collection<String> served) {
		this.methods = List.copyOf(served);
		this.rules.ifPresent((current) -> current.warnOfUnknown(served));
	}

	private Optional<Rules> read(AuthorizationProperties properties) {
		Optional<Rules> read = Rules.of(properties);
		if (!this.callers.askForPasswords()) {
			read.ifPresent(Rules::requireNoUser);
		}
		return read;
	}

	void stop() {
		this.executor.shutdownNow();
		this.callers.close();
	}

}
