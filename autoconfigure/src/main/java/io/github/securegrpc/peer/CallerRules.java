package io.github.securegrpc.peer;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.grpc.ServerInterceptor;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Plaintext;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.source.Location;
import io.github.securegrpc.peer.password.Passwords;
import io.github.securegrpc.peer.rules.TrustedProxies;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.text.PrintableLog;

/**
 * Decides what is asked of whoever calls a server beside a certificate, from
 * {@code secure-grpc.server.basic-auth} and {@code trusted-proxies}, or refuses with the
 * reason. Reads nothing until a server is about to listen. Thread-safe.
 */
final class CallerRules {

	private static final PrintableLog logger = PrintableLog.of(CallerRules.class);

	private static final String USERS = "secure-grpc.server.basic-auth.users";

	private final CallerProperties properties;

	private final PeerProperties peer;

	private final RotatingMaterials materials;

	private final Clock clock;

	private @Nullable Passwords passwords;

	CallerRules(CallerProperties properties, PeerProperties peer, RotatingMaterials materials, Clock clock) {
		this.properties = properties;
		this.peer = peer;
		this.materials = materials;
		this.clock = clock;
	}

	boolean askForPasswords() {
		return this.properties.basicAuth().users() != null;
	}

	/* What is done once the call may begin. */
	List<ServerInterceptor> behind() {
		return this.peer.mdc() ? List.of(new PeerMdcInterceptor()) : List.of();
	}

	/* What has to be known before the rules are asked. The last one is asked first. */
	List<ServerInterceptor> before(Denials denials, boolean certificates) {
		List<ServerInterceptor> interceptors = new ArrayList<>();
		Passwords users = passwords();
		if (users != null) {
			interceptors.add(new PasswordInterceptor(users, denials));
		}
		if (!this.properties.trustedProxies().isEmpty()) {
			TrustedProxies proxies = TrustedProxies.of(this.properties.trustedProxies());
			if (!certificates) {
				proxies.requireNoName();
			}
			logger.info("Believed on where calls come from: %s".formatted(proxies));
			interceptors.add(new ForwardedInterceptor(proxies, this.clock));
		}
		return interceptors;
	}

	/* Every server of the application has the same users. */
	private synchronized @Nullable Passwords passwords() {
		String users = this.properties.basicAuth().users();
		if (users != null && this.passwords == null) {
			this.passwords = Passwords.load(new Location(users, USERS), this.materials, this.clock);
		}
		return this.passwords;
	}

	/* The users that are there, if anybody is asked for a password. */
	synchronized Optional<Set<String>> users() {
		return Optional.ofNullable(this.passwords).map(Passwords::users);
	}

	void plaintext(Plaintext where) {
		if (askForPasswords() && where == Plaintext.ANYWHERE) {
			throw new RefusedException(
					"%s is set, but secure-grpc.server.plaintext is anywhere (expected: TLS, or plaintext of this machine alone): passwords could be read on the way"
						.formatted(USERS),
					"Give the server a certificate, or bind it to 127.0.0.1 and set secure-grpc.server.plaintext=loopback.");
		}
		if (where == Plaintext.LOOPBACK && askForPasswords() && this.properties.trustedProxies().isEmpty()) {
			logger.warn(
					"%s is set on a server in plaintext without secure-grpc.server.trusted-proxies: whoever calls through a proxy has one address, and who guesses passwords cannot be told from others. Set it to where the proxy connects from, such as 127.0.0.1."
						.formatted(USERS));
		}
	}

	synchronized void close() {
		if (this.passwords != null) {
			this.passwords.close();
		}
	}

}
