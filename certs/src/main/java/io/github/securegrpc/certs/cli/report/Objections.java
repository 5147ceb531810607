package io.github.securegrpc.certs.cli.report;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.check.MaterialCheck;
import io.github.securegrpc.material.check.MaterialCheck.Side;
import io.github.securegrpc.text.SubjectAlternativeNames;

/**
 * What the starter's guards object to in a chain, in their words.
 *
 * @param clock tells what valid now means
 * @since 0.1.0
 */
public record Objections(Clock clock) {

	private static final String SERVER = "1.3.6.1.5.5.7.3.1";

	private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

	private static final int KEY_CERT_SIGN = 5;

	/**
	 * Returns what speaks against presenting a chain.
	 * @param chain the chain, leaf first
	 * @param from where it came from, for the messages
	 * @param side the side that would present it
	 * @return the objections, or none
	 */
	public List<RefusedException> to(List<X509Certificate> chain, String from, Side side) {
		List<RefusedException> objections = new ArrayList<>(
				new MaterialCheck(side, this.clock).objections(chain, from));
		if (chain.get(0).getBasicConstraints() >= 0) {
			objections.add(new RefusedException(
					"%s: the leaf %s is an authority (expected: basic constraints CA:FALSE; some peers, such as those on rustls, accept no authority as a leaf, and whoever trusts it trusts all that its key signs)"
						.formatted(from, chain.get(0).getSubjectX500Principal()),
					"Issue a leaf: secure-grpc-certs issue. openssl req -x509 makes an authority unless -addext basicConstraints=CA:FALSE says otherwise."));
		}
		return objections;
	}

	/**
	 * Returns whether a certificate is meant to be presented, though it may say that it
	 * is an authority: it has names, or may not sign certificates.
	 * @param certificate the certificate
	 * @return {@code true} if it is
	 */
	public static boolean isLeaf(X509Certificate certificate) {
		boolean[] keyUsage = certificate.getKeyUsage();
		return certificate.getBasicConstraints() < 0 || !SubjectAlternativeNames.of(certificate).isEmpty()
				|| (keyUsage != null && !keyUsage[KEY_CERT_SIGN]);
	}

	/**
	 * Returns on which sides a leaf is meant to be presented. One that is meant for
	 * neither is judged on both.
	 * @param leaf the leaf
	 * @return the sides, at least one
	 */
	public static List<Side> sidesOf(X509Certificate leaf) {
		List<Side> sides = new ArrayList<>();
		if (Side.SERVER.admits(leaf) || !Side.CLIENT.admits(leaf)) {
			sides.add(Side.SERVER);
		}
		if (Side.CLIENT.admits(leaf) || !Side.SERVER.admits(leaf)) {
			sides.add(Side.CLIENT);
		}
		return sides;
	}

	static String purposesOf(X509Certificate certificate) {
		List<String> purposes = purposes(certificate);
		if (purposes == null) {
			return "anything";
		}
		return String.join(", ", purposes.stream().map((purpose) -> switch (purpose) {
			case SERVER -> "servers";
			case CLIENT -> "clients";
			default -> purpose.toLowerCase(Locale.ROOT);
		}).toList());
	}

	private static @Nullable List<String> purposes(X509Certificate certificate) {
		try {
			return certificate.getExtendedKeyUsage();
		}
		catch (CertificateParsingException ex) {
			return List.of("unreadable");
		}
	}

}
