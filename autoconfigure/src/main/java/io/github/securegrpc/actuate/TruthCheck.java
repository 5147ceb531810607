package io.github.securegrpc.actuate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Fingerprint;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.Printable;
import io.github.securegrpc.material.PrintableLog;
import io.github.securegrpc.rotation.Generation;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.server.ListeningServer;

/**
 * Asks the server's own port which leaf it serves, and compares that with the generation
 * in force. Thread-safe.
 */
final class TruthCheck {

	private static final PrintableLog logger = PrintableLog.of(TruthCheck.class);

	private final RotatingMaterials materials;

	private final ListeningServer server;

	private final ServedLeaf served;

	private volatile @Nullable Finding finding;

	TruthCheck(RotatingMaterials materials, ListeningServer server, ServedLeaf served) {
		this.materials = materials;
		this.server = server;
		this.served = served;
	}

	/* What was seen last, or null if nobody has looked. */
	@Nullable Finding finding() {
		return this.finding;
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
		try {
			X509Certificate leaf = this.served.at(address);
			if (material.current().number() == before.number()) {
				compare(address, Fingerprint.of(leaf), Fingerprint.of(identity.leaf()));
			}
		}
		catch (IOException ex) {
			this.finding = new Finding(false, "could not be asked at %s: %s".formatted(address, ex.getMessage()));
		}
	}

	private void compare(InetSocketAddress address, String actual, String expected) {
		Finding next = actual.equals(expected) ? new Finding(false, "the leaf in force, " + expected)
				: new Finding(true, "%s serves the leaf %s, but %s is in force".formatted(address, actual, expected));
		if (next.differs() && !next.equals(this.finding)) {
			logger.error("The gRPC server does not serve what is in force: %s. Another process may listen on its port."
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
