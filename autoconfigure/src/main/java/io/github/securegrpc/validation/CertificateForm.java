package io.github.securegrpc.validation;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.check.DerValue;

/**
 * What a certificate has to be like, whatever it is for, and the platform does not ask:
 * the profile of RFC 5280 where a private PKI is better without its exceptions.
 */
final class CertificateForm {

	private static final String NAME_CONSTRAINTS = "2.5.29.30";

	private static final String POLICY_CONSTRAINTS = "2.5.29.36";

	private static final String AUTHORITY_INFORMATION = "1.3.6.1.5.5.7.1.1";

	private static final String ANY_USAGE = "2.5.29.37.0";

	private static final int SERIAL_BYTES = 20;

	private static final int SEQUENCE = 0x30;

	private static final int OBJECT_IDENTIFIER = 0x06;

	private CertificateForm() {
	}

	/* Returns what is wrong with a certificate of a path, in words, or null. */
	static @Nullable String objection(X509Certificate certificate) {
		boolean isLeaf = certificate.getBasicConstraints() < 0;
		String objection = serial(certificate.getSerialNumber());
		if (objection == null) {
			objection = key(certificate);
		}
		if (objection == null) {
			objection = usage(certificate);
		}
		if (objection == null) {
			objection = isLeaf ? constraintsOfALeaf(certificate) : constraints(certificate);
		}
		return (objection != null) ? objection : authorityInformation(certificate);
	}

	/*
	 * Returns what is wrong with a trust anchor, or null. It is believed as it is: old
	 * ones have serial numbers that nobody would give today.
	 */
	static @Nullable String objectionToAnchor(X509Certificate anchor) {
		if (anchor.hasUnsupportedCriticalExtension()) {
			return "a critical extension that is not known";
		}
		String objection = key(anchor);
		return (objection != null || anchor.getBasicConstraints() < 0) ? objection : constraints(anchor);
	}

	/* RFC 5280, 4.1.2.2. */
	private static @Nullable String serial(BigInteger serial) {
		if (serial.signum() <= 0) {
			return "the serial number %s (expected: a positive one)".formatted(serial);
		}
		return (serial.toByteArray().length > SERIAL_BYTES)
				? "a serial number of more than %d bytes".formatted(SERIAL_BYTES) : null;
	}

	/* CA/Browser Forum Baseline Requirements, 6.1.5. */
	private static @Nullable String key(X509Certificate certificate) {
		return (certificate.getPublicKey() instanceof RSAKey rsa && rsa.getModulus().bitLength() % Byte.SIZE != 0)
				? "an RSA key of %d bits (expected: a multiple of 8)".formatted(rsa.getModulus().bitLength()) : null;
	}

	/* It was issued for something: whoever may do anything may do this by accident. */
	private static @Nullable String usage(X509Certificate certificate) {
		try {
			List<String> usage = certificate.getExtendedKeyUsage();
			return (usage != null && usage.contains(ANY_USAGE)) ? "the extended key usage any" : null;
		}
		catch (CertificateParsingException ex) {
			return "an extended key usage that cannot be read";
		}
	}

	/* RFC 5280, 4.2.1.10: in a CA's certificate only. */
	private static @Nullable String constraintsOfALeaf(X509Certificate leaf) {
		return (leaf.getExtensionValue(NAME_CONSTRAINTS) != null) ? "name constraints, though it is no CA" : null;
	}

	/* RFC 5280, 4.2.1.10 and 4.2.1.11: critical, and not empty. */
	private static @Nullable String constraints(X509Certificate authority) {
		byte[] names = authority.getExtensionValue(NAME_CONSTRAINTS);
		if (names != null && !isCritical(authority, NAME_CONSTRAINTS)) {
			return "name constraints that are not critical";
		}
		if (names != null && isEmpty(names)) {
			return "name constraints that name nothing";
		}
		return (authority.getExtensionValue(POLICY_CONSTRAINTS) != null && !isCritical(authority, POLICY_CONSTRAINTS))
				? "policy constraints that are not critical" : null;
	}

	private static boolean isCritical(X509Certificate certificate, String extension) {
		return certificate.getCriticalExtensionOIDs() != null
				&& certificate.getCriticalExtensionOIDs().contains(extension);
	}

	private static boolean isEmpty(byte[] extension) {
		try {
			ByteBuffer sequence = DerValue.first(DerValue.first(ByteBuffer.wrap(extension)).content()).content();
			for (DerValue subtrees : DerValue.listOf(sequence)) {
				if (subtrees.content().hasRemaining()) {
					return false;
				}
			}
			return true;
		}
		catch (CertificateParsingException ex) {
			return false; // for whoever compares names with them
		}
	}

	/* RFC 5280, 4.2.2.1: one or more of a method and a location. */
	private static @Nullable String authorityInformation(X509Certificate certificate) {
		byte[] extension = certificate.getExtensionValue(AUTHORITY_INFORMATION);
		try {
			return (extension == null || isAuthorityInformation(extension)) ? null
					: "an authority information access that is malformed";
		}
		catch (CertificateParsingException ex) {
			return "an authority information access that is malformed";
		}
	}

	private static boolean isAuthorityInformation(byte[] extension) throws CertificateParsingException {
		DerValue sequence = DerValue.first(DerValue.first(ByteBuffer.wrap(extension)).content());
		List<DerValue> descriptions = DerValue.listOf(sequence.content());
		if (sequence.tag() != SEQUENCE || descriptions.isEmpty()) {
			return false;
		}
		for (DerValue description : descriptions) {
			List<DerValue> parts = DerValue.listOf(description.content());
			if (description.tag() != SEQUENCE || parts.size() != 2 || parts.get(0).tag() != OBJECT_IDENTIFIER) {
				return false;
			}
		}
		return true;
	}

}
