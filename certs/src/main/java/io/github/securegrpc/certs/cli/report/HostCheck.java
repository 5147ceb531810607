package io.github.securegrpc.certs.cli.report;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;

import io.github.securegrpc.certs.SubjectAlternativeName;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.text.SubjectAlternativeNames;

/**
 * Whether a leaf may serve a host (RFC 9525): by its SANs only, where a wildcard is the
 * whole first label and stands for one label.
 *
 * @param host the host that clients dial, a name or a numeric address
 * @since 0.1.0
 */
public record HostCheck(String host) {

	/**
	 * Refuses a leaf that may not serve the host.
	 * @param leaf the leaf
	 * @param from where it came from, for the message
	 * @throws RefusedException if it may not
	 */
	public void serves(X509Certificate leaf, String from) {
		List<String> names = SubjectAlternativeNames.of(leaf);
		if (names.stream().noneMatch(this::matches)) {
			throw new RefusedException(
					"%s: its names are %s (expected: %s among them)".formatted(from,
							names.isEmpty() ? "none" : String.join(", ", names), this.host),
					"Dial one of its names, or issue a leaf with the name that is dialled.");
		}
	}

	private boolean matches(String name) {
		String dialled = this.host.toLowerCase(Locale.ROOT);
		if (name.startsWith("ip:")) {
			return address(name.substring(3)).equals(address(dialled));
		}
		if (!name.startsWith("dns:") || !address(dialled).isEmpty()) {
			return false;
		}
		String pattern = name.substring(4).toLowerCase(Locale.ROOT);
		if (!pattern.startsWith("*.")) {
			return pattern.equals(dialled);
		}
		int dot = dialled.indexOf('.');
		return dot > 0 && pattern.indexOf('.', 2) > 0 && pattern.substring(1).equals(dialled.substring(dot));
	}

	private static String address(String host) {
		try {
			return SubjectAlternativeName.ip(host).value();
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

}
