package io.github.securegrpc.validation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.securegrpc.material.check.DerValue;
import io.github.securegrpc.text.SubjectAlternativeNames;

/**
 * The names that an authority may give (RFC 5280, 4.2.1.10). The platform compares them,
 * but does not look at those of a trust anchor, and takes a wildcard for a name of its
 * own: {@code *.example.com} is also {@code evil.example.com}, which may be excluded.
 */
final class NameConstraints {

	private static final String EXTENSION = "2.5.29.30";

	private static final int EXCLUDED = 0xA1;

	private static final int DNS_NAME = 0x82;

	private static final String WILDCARD = "dns:*.";

	private NameConstraints() {
	}

	/* Returns whether a certificate has no name that the authority may not give. */
	static boolean permit(X509Certificate authority, X509Certificate certificate) {
		byte[] extension = authority.getExtensionValue(EXTENSION);
		if (extension == null) {
			return true;
		}
		try {
			ByteBuffer constraints = DerValue.first(ByteBuffer.wrap(extension)).content();
			byte[] encoded = new byte[constraints.remaining()];
			constraints.duplicate().get(encoded);
			X509CertSelector selector = new X509CertSelector();
			selector.setNameConstraints(encoded);
			return selector.match(certificate) && !reachesExcluded(certificate, excluded(constraints));
		}
		catch (IOException | CertificateParsingException | UnsupportedOperationException ex) {
			// what cannot be read or compared permits nothing
			return false;
		}
	}

	private static boolean reachesExcluded(X509Certificate certificate, List<String> excluded) {
		return SubjectAlternativeNames.of(certificate)
			.stream()
			.filter((name) -> name.startsWith(WILDCARD))
			.map((name) -> name.substring(WILDCARD.length() - 1).toLowerCase(Locale.ROOT))
			.anyMatch((parent) -> excluded.stream().anyMatch((name) -> isChild(name, parent)));
	}

	/* A wildcard stands for one label (RFC 6125, 6.4.3). */
	private static boolean isChild(String name, String parent) {
		return name.endsWith(parent) && name.indexOf('.') == name.length() - parent.length();
	}

	private static List<String> excluded(ByteBuffer constraints) throws CertificateParsingException {
		List<String> names = new ArrayList<>();
		for (DerValue subtrees : DerValue.listOf(DerValue.first(constraints).content())) {
			if (subtrees.tag() == EXCLUDED) {
				for (DerValue subtree : DerValue.listOf(subtrees.content())) {
					DerValue base = DerValue.first(subtree.content());
					if (base.tag() == DNS_NAME) {
						names.add(StandardCharsets.US_ASCII.decode(base.content()).toString().toLowerCase(Locale.ROOT));
					}
				}
			}
		}
		return names;
	}

}
