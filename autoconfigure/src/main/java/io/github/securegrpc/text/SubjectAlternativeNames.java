package io.github.securegrpc.text;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/**
 * The names a certificate vouches for (RFC 5280, 4.2.1.6), written as {@code dns:…},
 * {@code ip:…}, {@code uri:…} or {@code email:…}; IPv6 addresses in their short form. The
 * subject's common name is no such name.
 *
 * @since 0.1.0
 */
public final class SubjectAlternativeNames {

	private static final int EMAIL = 1;

	private static final int DNS = 2;

	private static final int URI = 6;

	private static final int IP = 7;

	private SubjectAlternativeNames() {
	}

	/**
	 * Returns the names of a certificate.
	 * @param certificate the certificate
	 * @return its names in their order; empty without the extension, or with one that
	 * cannot be read
	 */
	public static List<String> of(X509Certificate certificate) {
		try {
			Collection<List<?>> names = certificate.getSubjectAlternativeNames();
			return (names != null)
					? names.stream().map(SubjectAlternativeNames::name).filter((s) -> !s.isEmpty()).toList()
					: List.of();
		}
		catch (CertificateParsingException ex) {
			return List.of();
		}
	}

	private static String name(List<?> name) {
		return switch ((Integer) name.get(0)) {
			case EMAIL -> "email:" + name.get(1);
			case DNS -> "dns:" + name.get(1);
			case URI -> "uri:" + name.get(1);
			case IP -> "ip:" + Ipv6Text.shorten((String) name.get(1));
			default -> "";
		};
	}

}
