package io.github.securegrpc.certs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * One name that a leaf vouches for (RFC 5280, 4.2.1.6), checked and in its canonical
 * form.
 *
 * @param kind the kind of name
 * @param value the name: lower-case for {@code dns}, a full numeric address for
 * {@code ip}
 * @since 0.1.0
 */
public record SubjectAlternativeName(Kind kind, String value) {

	// by their tags (RFC 5280, 4.2.1.6)
	private static final List<String> GENERAL_NAME_KINDS = List.of("otherName", "rfc822Name", "dNSName", "x400Address",
			"directoryName", "ediPartyName", "uniformResourceIdentifier", "iPAddress", "registeredID");

	public SubjectAlternativeName {
		value = switch (kind) {
			case DNS -> NameSyntax.dns(value);
			case IP -> NameSyntax.ip(value);
			case URI -> NameSyntax.uri(value);
			case EMAIL -> NameSyntax.email(value);
		};
	}

	/**
	 * Returns a host name, or a wildcard for one label such as {@code *.example.com}.
	 * @param name the host name, ASCII only
	 * @return the SAN
	 * @throws IllegalArgumentException if it is no host name
	 */
	public static SubjectAlternativeName dns(String name) {
		return new SubjectAlternativeName(Kind.DNS, name);
	}

	/**
	 * Returns an IPv4 or IPv6 address. No name is looked up.
	 * @param address the numeric address
	 * @return the SAN
	 * @throws IllegalArgumentException if it is no numeric address
	 */
	public static SubjectAlternativeName ip(String address) {
		return new SubjectAlternativeName(Kind.IP, address);
	}

	/**
	 * Returns a URI, such as a SPIFFE ID.
	 * @param uri the absolute URI
	 * @return the SAN
	 * @throws IllegalArgumentException if it is no absolute URI or no valid SPIFFE ID
	 */
	public static SubjectAlternativeName uri(String uri) {
		return new SubjectAlternativeName(Kind.URI, uri);
	}

	/**
	 * Returns an e-mail address.
	 * @param address the address, ASCII only
	 * @return the SAN
	 * @throws IllegalArgumentException if it is no e-mail address
	 */
	public static SubjectAlternativeName email(String address) {
		return new SubjectAlternativeName(Kind.EMAIL, address);
	}

	/**
	 * Returns the names that a certificate holds, other kinds left out.
	 * @param certificate the certificate
	 * @return its names, empty if it has none
	 * @throws IllegalArgumentException if a name cannot be read
	 */
	public static Set<SubjectAlternativeName> of(X509Certificate certificate) {
		Set<SubjectAlternativeName> names = new LinkedHashSet<>();
		try {
			Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
			for (List<?> entry : (entries != null) ? entries : List.<List<?>>of()) {
				for (Kind kind : Kind.values()) {
					if (entry.get(0) instanceof Integer tag && tag == kind.tag()) {
						names.add(new SubjectAlternativeName(kind, String.valueOf(entry.get(1))));
					}
				}
			}
		}
		catch (CertificateParsingException ex) {
			throw new IllegalArgumentException("subject alternative names: malformed (expected: RFC 5280)", ex);
		}
		return names;
	}

	static SubjectAlternativeName of(GeneralName name) {
		for (Kind kind : Kind.values()) {
			if (kind.tag() == name.getTagNo()) {
				return new SubjectAlternativeName(kind,
						(kind == Kind.IP) ? address(name) : ASN1IA5String.getInstance(name.getName()).getString());
			}
		}
		throw new IllegalArgumentException("%s (expected: the kinds dns, ip, uri and email only)"
			.formatted(GENERAL_NAME_KINDS.get(name.getTagNo())));
	}

	private static String address(GeneralName name) {
		try {
			return InetAddress.getByAddress(ASN1OctetString.getInstance(name.getName()).getOctets()).getHostAddress();
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("ip: of a wrong length (expected: 4 bytes or 16)", ex);
		}
	}

	GeneralName generalName() {
		return new GeneralName(this.kind.tag(), this.value);
	}

	/**
	 * Returns the name behind its kind, such as {@code dns:localhost}.
	 */
	@Override
	public String toString() {
		return this.kind.name().toLowerCase(Locale.ROOT) + ":" + this.value;
	}

	/**
	 * The kinds of names.
	 *
	 * @since 0.1.0
	 */
	public enum Kind {

		/**
		 * A host name.
		 */
		DNS,

		/**
		 * A numeric address.
		 */
		IP,

		/**
		 * An absolute URI.
		 */
		URI,

		/**
		 * An e-mail address.
		 */
		EMAIL;

		int tag() {
			return switch (this) {
				case DNS -> GeneralName.dNSName;
				case IP -> GeneralName.iPAddress;
				case URI -> GeneralName.uniformResourceIdentifier;
				case EMAIL -> GeneralName.rfc822Name;
			};
		}

	}

}
