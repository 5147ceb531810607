package io.github.securegrpc.material.source;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.material.ValidationMode;
import io.github.securegrpc.material.check.CertificateStrength;
import io.github.securegrpc.material.check.KeySize;
import io.github.securegrpc.text.PrintableLog;

/**
 * The trust anchors of a file or store that can be used. One that cannot does not take
 * the others down: it is left out, with a WARN for each change. Weak keys are left to the
 * JVM under {@link ValidationMode#PLATFORM}. Thread-safe.
 */
final class AnchorSelection {

	private static final PrintableLog logger = PrintableLog.of(AnchorSelection.class);

	private static final int MOST_LINES = 10;

	private final ValidationMode mode;

	private volatile List<String> told = List.of();

	AnchorSelection(ValidationMode mode) {
		this.mode = mode;
	}

	/**
	 * Selects.
	 * @param from where the certificates came from, for the messages
	 * @param certificates those that could be decoded
	 * @param undecodable why others could not
	 * @return those that can be used
	 * @throws RefusedException if there is none
	 */
	TrustAnchors select(String from, List<X509Certificate> certificates, List<RefusedException> undecodable) {
		List<RefusedException> objections = new ArrayList<>(undecodable);
		List<X509Certificate> suitable = new ArrayList<>();
		for (X509Certificate certificate : certificates) {
			try {
				KeySize.check(certificate, from);
				if (this.mode == ValidationMode.STRICT) {
					CertificateStrength.checkKey(certificate, from);
				}
				suitable.add(certificate);
			}
			catch (RefusedException ex) {
				objections.add(ex);
			}
		}
		if (suitable.isEmpty()) {
			throw objections.get(0);
		}
		TrustAnchors anchors = new TrustAnchors(suitable);
		tell(objections.stream().map((objection) -> String.valueOf(objection.getMessage())).distinct().toList(),
				anchors.certificates().size());
		return anchors;
	}

	private void tell(List<String> objections, int left) {
		if (objections.equals(this.told)) {
			return;
		}
		this.told = objections;
		objections.stream()
			.limit(MOST_LINES)
			.forEach((objection) -> logger
				.warn("%s. It is left out; trust anchors in use: %d".formatted(objection, left)));
		if (objections.size() > MOST_LINES) {
			logger.warn("%d more trust anchors are left out".formatted(objections.size() - MOST_LINES));
		}
	}

}
