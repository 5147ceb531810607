package io.github.securegrpc.actuate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.ClientAuth;
import io.github.securegrpc.material.Fingerprint;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.rotation.Generation;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.server.ListeningServer;
import io.github.securegrpc.server.SecureServer;
import io.github.securegrpc.text.Printable;
import io.github.securegrpc.text.PrintableLog;

/**
 * Asks the server's own port which leaf it serves, whether it lets in whoever has no
 * certificate, and whether it speaks plaintext, and compares that with what was decided
 * and with the generation in force. Thread-safe.
 */
final class TruthCheck {

	private static final PrintableLog logger = PrintableLog.of(TruthCheck.class);

	private final RotatingMaterials materials;

	private final ListeningServer server;

	private final Supplier<@Nullable SecureServer> decided;

	private final ServedPort port;

	private volatile @Nullable Finding finding;

	TruthCheck(RotatingMaterials materials, ListeningServer server, Supplier<@Nullable SecureServer> decided,
			ServedPort port) {
		this.materials = materials;
		this.server = server;
		this.decided = decided;
		this.port = port;
	}

	/*
	 * What was seen last, or null if nobody has looked. A connection that was not made
	 * the way that was decided was seen without looking.
	 */
	@Nullable Finding finding() {
		String bypass = this.server.bypass();
		return (bypass != null) ? new Finding(true, bypass) : this.finding;
	}

	void look() {
		InetSocketAddress address = this.server.localAddress();
		RotatingMaterial material = this.materials.all()
			.stream()
			.filter((candidate) -> candidate.name().equals("server"))
			.findFirst()
			.orElse(null);
		if (address == null || material == null) {
			this.finding = null;
			return;
		}
		Generation before = material.current();
		Identity identity = before.material().identity();
		if (identity == null) {
			return;
		}
		Finding next = ask(address, identity.leaf());
		if (material.current().number() == before.number()) {
			take(next);
		}
	}

	private Finding ask(InetSocketAddress address, X509Certificate inForce) {
		if (this.port.speaksPlaintext(address)) {
			return new Finding(true, "%s speaks plaintext".formatted(address));
		}
		try {
			SecureServer server = this.decided.get();
			boolean closed = server != null && server.clientAuth() == ClientAuth.REQUIRE;
			ServedPort.Seen seen = this.port.ask(address, !closed);
			String actual = Fingerprint.of(seen.leaf());
			String expected = Fingerprint.of(inForce);
			if (!actual.equals(expected)) {
				return new Finding(true,
						"%s serves the leaf %s, but %s is in force".formatted(address, actual, expected));
			}
			return (closed && seen.anyone())
					? new Finding(true,
							"%s lets in whoever has no certificate, but client-auth is require".formatted(address))
					: new Finding(false, "the leaf in force, " + expected);
		}
		catch (IOException ex) {
			return new Finding(false, "could not be asked at %s: %s".formatted(address, ex.getMessage()));
		}
	}

	private void take(Finding next) {
		if (next.differs() && !next.equals(this.finding)) {
			logger.error(
					"The gRPC server does not serve what is in force: %s. Something replaced its TLS, or another process listens on its port."
						.formatted(next.words()));
		}
		this.finding = next;
	}

	/**
	 * What was seen.
	 *
	 * @param differs whether it is not what is in force
	 * @param words what it is
	 */
	record Finding(boolean differs, String words) {

		Finding {
			words = Printable.line(words);
		}

	}

}
