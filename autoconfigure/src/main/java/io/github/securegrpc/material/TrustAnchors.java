package io.github.securegrpc.material;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The certificates that are accepted without further proof (RFC 5280, 6.1.1 d). A leaf
 * among them is a pin: exactly that certificate is accepted. Immutable.
 *
 * @param certificates the trust anchors, at least one, each only once
 * @since 0.1.0
 */
public record TrustAnchors(List<X509Certificate> certificates) {

	public TrustAnchors {
		certificates = certificates.stream().distinct().toList();
		if (certificates.isEmpty()) {
			throw new IllegalArgumentException("certificates: [] (expected: at least one trust anchor)");
		}
	}

	@Override
	public String toString() {
		return "TrustAnchors[%d: %s]".formatted(this.certificates.size(),
				this.certificates.stream().map((anchor) -> anchor.getSubjectX500Principal().toString()).toList());
	}

}
