package io.github.securegrpc.material.check;

import java.nio.ByteBuffer;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.cert.X509Extension;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which certificates of its issuer a revocation list speaks of: all, or those of the
 * issuing distribution point extension (RFC 5280, 5.2.5).
 *
 * @param unsupported why the list cannot be used, or {@code null}
 * @param subjects whether it speaks of all certificates, or those of one kind
 * @param points the distribution points of which a certificate must name one; empty for
 * all certificates
 * @since 0.1.0
 */
public record CrlScope(@Nullable String unsupported, Subjects subjects, Set<DerValue> points) {

	private static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";

	private static final String DISTRIBUTION_POINTS = "2.5.29.31";

	private static final String DELTA = "2.5.29.27";

	private static final int NAME = 0xA0;

	private static final int USERS_ONLY = 0x81;

	private static final int AUTHORITIES_ONLY = 0x82;

	private static final int SOME_REASONS = 0x83;

	private static final int INDIRECT = 0x84;

	private static final int ATTRIBUTES_ONLY = 0x85;

	public CrlScope {
		points = Set.copyOf(points);
	}

	/**
	 * Reads the scope of a list.
	 * @param list the list
	 * @return its scope
	 */
	public static CrlScope of(X509CRL list) {
		if (list.getExtensionValue(DELTA) != null) {
			return unsupported("is a delta CRL (expected: a complete one)");
		}
		Set<String> critical = list.getCriticalExtensionOIDs();
		for (String extension : (critical != null) ? critical : Set.<String>of()) {
			if (!extension.equals(ISSUING_DISTRIBUTION_POINT)) {
				return unsupported(
						"has the critical extension %s (expected: none that is unknown)".formatted(extension));
			}
		}
		try {
			return read(fields(list, ISSUING_DISTRIBUTION_POINT));
		}
		catch (CertificateParsingException ex) {
			return unsupported("has an issuing distribution point that cannot be read");
		}
	}

	/**
	 * Returns whether a list of this scope speaks of a certificate (RFC 5280, 6.3.3 b).
	 * @param certificate a certificate of the list's issuer
	 * @return {@code false} if it says nothing about it
	 */
	public boolean speaksOf(X509Certificate certificate) {
		boolean isAuthority = certificate.getBasicConstraints() >= 0;
		if (this.subjects == (isAuthority ? Subjects.USERS : Subjects.AUTHORITIES)) {
			return false;
		}
		try {
			return this.points.isEmpty() || !Collections.disjoint(this.points, pointsOf(certificate));
		}
		catch (CertificateParsingException ex) {
			return false;
		}
	}

	/**
	 * Returns whether a list of this scope speaks of every certificate that one of
	 * another scope speaks of.
	 * @param other the other scope
	 * @return {@code true} if it can take its place
	 */
	public boolean covers(CrlScope other) {
		return (this.subjects == Subjects.ALL || this.subjects == other.subjects)
				&& (this.points.isEmpty() || (!other.points.isEmpty() && this.points.containsAll(other.points)));
	}

	private static CrlScope unsupported(String reason) {
		return new CrlScope(reason, Subjects.ALL, Set.of());
	}

	private static CrlScope read(List<DerValue> fields) throws CertificateParsingException {
		Subjects subjects = Subjects.ALL;
		Set<DerValue> points = Set.of();
		for (DerValue field : fields) {
			switch (field.tag()) {
				case NAME -> {
					points = names(field);
					if (points.isEmpty()) {
						return unsupported("has a distribution point relative to its issuer (expected: full names)");
					}
				}
				case USERS_ONLY -> {
					subjects = isTrue(field) ? Subjects.USERS : subjects;
				}
				case AUTHORITIES_ONLY -> {
					subjects = isTrue(field) ? Subjects.AUTHORITIES : subjects;
				}
				case SOME_REASONS -> {
					return unsupported("is of some reasons only (expected: all)");
				}
				case INDIRECT, ATTRIBUTES_ONLY -> {
					if (isTrue(field)) {
						return unsupported("is indirect, or of attribute certificates");
					}
				}
				default -> {
					return unsupported("has an issuing distribution point that is unknown");
				}
			}
		}
		return new CrlScope(null, subjects, points);
	}

	private static Set<DerValue> pointsOf(X509Certificate certificate) throws CertificateParsingException {
		Set<DerValue> points = new HashSet<>();
		for (DerValue point : fields(certificate, DISTRIBUTION_POINTS)) {
			for (DerValue field : DerValue.listOf(point.content())) {
				if (field.tag() == NAME) {
					points.addAll(names(field));
				}
			}
		}
		return points;
	}

	/* The full names of a distribution point; none where it is relative to its issuer. */
	private static Set<DerValue> names(DerValue point) throws CertificateParsingException {
		DerValue name = DerValue.first(point.content());
		return (name.tag() == NAME) ? Set.copyOf(DerValue.listOf(name.content())) : Set.of();
	}

	private static List<DerValue> fields(X509Extension holder, String extension) throws CertificateParsingException {
		byte[] octets = holder.getExtensionValue(extension);
		return (octets == null) ? List.of()
				: DerValue.listOf(DerValue.first(DerValue.first(ByteBuffer.wrap(octets)).content()).content());
	}

	private static boolean isTrue(DerValue field) {
		return field.content().remaining() == 1 && field.content().get(0) != 0;
	}

	/**
	 * Of which certificates a list speaks.
	 */
	public enum Subjects {

		/** Of all. */
		ALL,

		/** Of end-entity certificates. */
		USERS,

		/** Of CA certificates. */
		AUTHORITIES

	}

}
