package io.github.securegrpc.server;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.ClientAuth;
import io.github.securegrpc.material.FallbackMaterial;
import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.Plaintext;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsMaterialSource;
import io.github.securegrpc.material.TlsProperties;
import io.github.securegrpc.material.check.MaterialCheck;
import io.github.securegrpc.material.check.ProtocolsCheck;
import io.github.securegrpc.material.source.BundleOptions;
import io.github.securegrpc.material.source.MaterialSources;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.text.PrintableLog;

/**
 * Decides what the server does, from its properties and the defaults, or refuses with the
 * reason. It decides nothing until an engine is about to listen.
 *
 * @since 0.1.0
 */
public final class ServerRules {

	private static final PrintableLog logger = PrintableLog.of(ServerRules.class);

	private static final String PREFIX = "secure-grpc.server";

	private static final Duration SHORTEST_HANDSHAKE = Duration.ofMillis(100);

	private static final Duration SHORTEST_AGE = Duration.ofSeconds(1);

	/* SslHandler's own, which cannot be changed in the one that grpc-java makes. */
	private static final Duration LONGEST_HANDSHAKE = Duration.ofSeconds(10);

	private final ServerProperties server;

	private final TlsProperties defaults;

	private final MaterialSources sources;

	private final RotatingMaterials materials;

	private final @Nullable FallbackMaterial fallback;

	private volatile @Nullable SecureServer decided;

	ServerRules(ServerProperties server, TlsProperties defaults, MaterialSources sources, RotatingMaterials materials,
			@Nullable FallbackMaterial fallback) {
		this.server = server;
		this.defaults = defaults;
		this.sources = sources;
		this.materials = materials;
		this.fallback = fallback;
	}

	/**
	 * Decides for a server. Where it speaks TLS, every server of the application speaks
	 * the same.
	 * @param address the address it will listen on, as the engine has it
	 * @param noServer what to set at the engine to have no server at all, for the message
	 * @return the decision
	 * @throws RefusedException if there is no secure answer
	 */
	public synchronized SecureServer decide(String address, String noServer) {
		SecureServer before = this.decided;
		if (before != null && before.material() != null) {
			return before;
		}
		checkLimits();
		SecureServer decided = (this.server.plaintext() != Plaintext.REFUSE) ? plaintext(address) : tls(noServer);
		this.decided = decided;
		return decided;
	}

	/**
	 * Returns what was decided.
	 * @return the decision, or {@code null} as long as no engine has asked
	 */
	public @Nullable SecureServer decided() {
		return this.decided;
	}

	private SecureServer plaintext(String address) {
		boolean tls = this.server.level().isPresent() || this.server.protocols() != null
				|| !this.server.ciphers().isEmpty()
				|| (this.server.clientAuth() != null && this.server.clientAuth() != ClientAuth.NONE);
		if (tls) {
			throw new RefusedException(
					"%s.plaintext is %s, but TLS settings stand beside it (expected: one of them)".formatted(PREFIX,
							this.server.plaintext().name().toLowerCase(Locale.ROOT)),
					"Remove %s.plaintext to have TLS, or the cert, key, ca, crl, bundle, client-auth, protocols and ciphers of the server."
						.formatted(PREFIX));
		}
		if (this.server.plaintext() == Plaintext.LOOPBACK && !LoopbackAddress.isLoopback(address)) {
			throw new RefusedException(
					"%s.plaintext is loopback, but the server listens on %s (expected: 127.0.0.1, ::1, localhost or unix:)"
						.formatted(PREFIX, address),
					"Bind the server to 127.0.0.1, or give it a certificate with %s.cert and %s.key.".formatted(PREFIX,
							PREFIX));
		}
		if (this.server.plaintext() == Plaintext.ANYWHERE) {
			logger.warn("The gRPC server speaks plaintext on %s: anyone on the path can read and change every call "
				.formatted(address) + "(secure-grpc.server.plaintext is anywhere)");
		}
		return new SecureServer(null, this.server.plaintext(), ClientAuth.NONE, List.of(), List.of(),
				this.server.handshakeTimeout(), this.server.maxConnectionAge(), this.server.limits());
	}

	private SecureServer tls(String noServer) {
		List<MaterialLevel> levels = List.of(this.server.level(), this.defaults.level());
		TlsMaterialSource source = this.sources.resolve(levels,
				(this.fallback != null) ? this.fallback.server() : null);
		RotatingMaterial material = (source != null) ? this.materials.load("server", source, MaterialCheck.Side.SERVER)
				: null;
		if (material == null || material.current().material().identity() == null) {
			throw new RefusedException(
					"the gRPC server has no certificate (expected: %s.cert and key, or secure-grpc.cert and key)"
						.formatted(PREFIX),
					"Set %s.cert and %s.key, or a bundle. For development add secure-grpc-certs and set secure-grpc.dev-ca.enabled=true. For plaintext on this machine set %s.plaintext=loopback. For no server at all set %s."
						.formatted(PREFIX, PREFIX, PREFIX, noServer));
		}
		ClientAuth clientAuth = clientAuth(material.current().material().trustAnchors() != null);
		if (clientAuth != ClientAuth.NONE) {
			material.addListener(new PublicRootsWarning(material.origin(), clientAuth));
		}
		BundleOptions options = this.sources.options(levels);
		List<String> protocols = (this.server.protocols() != null) ? this.server.protocols() : options.protocols();
		List<String> ciphers = this.server.ciphers().isEmpty() ? options.ciphers() : this.server.ciphers();
		return new SecureServer(material, Plaintext.REFUSE, clientAuth,
				ProtocolsCheck.check(protocols, ciphers, PREFIX), ciphers, this.server.handshakeTimeout(),
				this.server.maxConnectionAge(), this.server.limits());
	}

	private ClientAuth clientAuth(boolean hasAnchors) {
		ClientAuth wanted = this.server.clientAuth();
		if (wanted == null) {
			return hasAnchors ? ClientAuth.REQUIRE : ClientAuth.NONE;
		}
		if (wanted != ClientAuth.NONE && !hasAnchors) {
			throw new RefusedException(
					"%s.client-auth is %s without a ca (expected: %s.ca, the trust anchors of clients)"
						.formatted(PREFIX, wanted.name().toLowerCase(Locale.ROOT), PREFIX),
					"Set %s.ca to the CA that issues your clients' certificates. The JVM's roots are never used for clients."
						.formatted(PREFIX));
		}
		return wanted;
	}

	private void checkLimits() {
		ServerProperties.Limits limits = this.server.limits();
		positive("handshake-timeout", this.server.handshakeTimeout());
		if (this.server.handshakeTimeout().compareTo(SHORTEST_HANDSHAKE) < 0) {
			throw new RefusedException(
					"%s.handshake-timeout is %s, in which nobody gets a connection (expected: at least %s)"
						.formatted(PREFIX, this.server.handshakeTimeout(), SHORTEST_HANDSHAKE),
					"Set a longer time, such as 5s, or leave %s.handshake-timeout out.".formatted(PREFIX));
		}
		if (this.server.handshakeTimeout().compareTo(LONGEST_HANDSHAKE) > 0) {
			throw new RefusedException(
					"%s.handshake-timeout is %s (expected: at most %s, which is all that Netty gives a TLS handshake)"
						.formatted(PREFIX, this.server.handshakeTimeout(), LONGEST_HANDSHAKE),
					"Set a shorter time, or leave %s.handshake-timeout out.".formatted(PREFIX));
		}
		checkAge(this.server.maxConnectionAge());
		positive("limits.calls-per-connection", limits.callsPerConnection());
		positive("limits.resets", limits.resets());
		positive("limits.resets-window", limits.resetsWindow());
		if (!limits.resetsWindow().equals(Duration.ofSeconds(limits.resetsWindow().toSeconds()))) {
			throw new RefusedException(
					"%s.limits.resets-window is %s (expected: whole seconds)".formatted(PREFIX, limits.resetsWindow()),
					"Set a number of seconds, such as 30s.");
		}
		positive("limits.connections", limits.connections());
	}

	/* Where grpc-java would take a second without a word. */
	private static void checkAge(@Nullable Duration age) {
		if (age != null && age.compareTo(SHORTEST_AGE) < 0) {
			throw new RefusedException(
					"%s.max-connection-age is %s (expected: at least %s)".formatted(PREFIX, age, SHORTEST_AGE),
					"Set a longer time, such as 1h, or leave %s.max-connection-age out.".formatted(PREFIX));
		}
	}

	private static void positive(String name, @Nullable Object value) {
		boolean tooSmall = (value instanceof Integer number) ? number < 1
				: (value instanceof Duration duration) && (duration.isNegative() || duration.isZero());
		if (tooSmall) {
			throw new RefusedException("%s.%s is %s (expected: more than zero)".formatted(PREFIX, name, value),
					"Set a positive value, or leave %s.%s out.".formatted(PREFIX, name));
		}
	}

}
