package io.github.securegrpc.rotation;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.security.auth.x500.X500Principal;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.material.check.CrlScope;
import io.github.securegrpc.material.check.DerValue;
import io.github.securegrpc.material.check.Issuer;

/**
 * Which revocation lists a replacement lacks. A list is told from others not by the name
 * of its issuer, who may have had several keys and publish a list in parts, but by the
 * key that signed it and by what it speaks of.
 */
record RevocationLoss(TlsMaterial before, TlsMaterial next, Instant now) {

	private static final String KEY_IDENTIFIER = "2.5.29.35";

	private static final String NUMBER = "2.5.29.20";

	private static final int KEY_IDENTIFIER_TAG = 0x80;

	/* Returns a list in force that is needed and has no replacement. */
	Optional<X509CRL> find(RevocationLists inForce, RevocationLists replacement) {
		return inForce.lists()
			.stream()
			.filter((old) -> replacement.lists().stream().noneMatch((list) -> replaces(list, old)) && isNeeded(old))
			.findFirst();
	}

	private boolean replaces(X509CRL list, X509CRL old) {
		return list.getIssuerX500Principal().equals(old.getIssuerX500Principal()) && key(list).equals(key(old))
				&& CrlScope.of(list).covers(CrlScope.of(old)) && !isOlder(list, old)
				&& (!RevocationLists.isExpired(list, this.now) || RevocationLists.isExpired(old, this.now));
	}

	/* Each scope of a key may count its lists by itself. */
	private static boolean isOlder(X509CRL list, X509CRL old) {
		BigInteger number = number(list);
		BigInteger oldNumber = number(old);
		return list.getThisUpdate().toInstant().isBefore(old.getThisUpdate().toInstant()) || (number != null
				&& oldNumber != null && CrlScope.of(list).equals(CrlScope.of(old)) && number.compareTo(oldNumber) < 0);
	}

	/*
	 * A list goes with its CA. Of one below the anchors nobody knows when it goes: with
	 * an anchor, or when its last list has expired.
	 */
	private boolean isNeeded(X509CRL list) {
		return signer(certificates(this.before.trustAnchors()), list).isPresent()
				? signer(certificates(this.next.trustAnchors()), list).isPresent()
				: authorities(this.next.trustAnchors()).containsAll(authorities(this.before.trustAnchors()))
						&& !RevocationLists.isExpired(list, this.now);
	}

	/*
	 * Returns the key that signed a list, of all that are known, or else what the list
	 * says of it.
	 */
	private Object key(X509CRL list) {
		List<X509Certificate> known = Stream.of(this.before, this.next)
			.flatMap((material) -> Stream.concat(certificates(material.trustAnchors()).stream(),
					(material.identity() != null) ? material.identity().chain().stream() : Stream.empty()))
			.toList();
		Optional<PublicKey> signer = signer(known, list);
		return signer.isPresent() ? signer : Optional.ofNullable(keyIdentifier(list));
	}

	private static Optional<PublicKey> signer(List<X509Certificate> issuers, X509CRL list) {
		return issuers.stream()
			.filter((issuer) -> issuer.getSubjectX500Principal().equals(list.getIssuerX500Principal()))
			.map(X509Certificate::getPublicKey)
			.distinct()
			.filter((key) -> Issuer.signed(key, list))
			.findFirst();
	}

	private static @Nullable ByteBuffer keyIdentifier(X509CRL list) {
		DerValue extension = extension(list, KEY_IDENTIFIER);
		try {
			for (DerValue field : (extension != null) ? DerValue.listOf(extension.content()) : List.<DerValue>of()) {
				if (field.tag() == KEY_IDENTIFIER_TAG) {
					return field.content();
				}
			}
			return null;
		}
		catch (CertificateParsingException ex) {
			return null;
		}
	}

	private static @Nullable BigInteger number(X509CRL list) {
		DerValue extension = extension(list, NUMBER);
		if (extension == null || !extension.content().hasRemaining()) {
			return null;
		}
		byte[] bytes = new byte[extension.content().remaining()];
		extension.content().duplicate().get(bytes);
		return new BigInteger(bytes);
	}

	/* What cannot be read is not there. */
	private static @Nullable DerValue extension(X509CRL list, String name) {
		byte[] octets = list.getExtensionValue(name);
		try {
			return (octets == null) ? null : DerValue.first(DerValue.first(ByteBuffer.wrap(octets)).content());
		}
		catch (CertificateParsingException ex) {
			return null;
		}
	}

	private static List<X509Certificate> certificates(@Nullable TrustAnchors anchors) {
		return (anchors != null) ? anchors.certificates() : List.of();
	}

	private static Set<Authority> authorities(@Nullable TrustAnchors anchors) {
		return certificates(anchors).stream()
			.map((anchor) -> new Authority(anchor.getSubjectX500Principal(), anchor.getPublicKey()))
			.collect(Collectors.toUnmodifiableSet());
	}

	/** A CA may have a new certificate for its key, and a new key under its name. */
	private record Authority(X500Principal name, PublicKey key) {

	}

}
