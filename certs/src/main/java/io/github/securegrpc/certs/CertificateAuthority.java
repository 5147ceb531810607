package io.github.securegrpc.certs;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;

/**
 * A key and its self-signed certificate, which issue leaves. Immutable and safe for use
 * by several threads; never prints its key.
 *
 * @since 0.1.0
 */
public final class CertificateAuthority {

	private static final int KEY_CERT_SIGN = 5;

	private final Identity identity;

	private final Clock clock;

	private CertificateAuthority(Identity identity, Clock clock) {
		this.identity = identity;
		this.clock = clock;
	}

	/**
	 * Creates an authority and keeps it in a depot: first the key, then the certificate.
	 * A key that an interrupted creation left without a certificate is taken up again.
	 * @param depot where to keep it
	 * @param request what it is to be
	 * @param clock the time
	 * @return the new authority
	 * @throws RefusedException if there is one of that name, or the depot cannot be
	 * written
	 */
	public static CertificateAuthority create(Depot depot, AuthorityRequest request, Clock clock) {
		KeyPair keyPair = depot.addKey(request.name(), request.keyAlgorithm());
		X509Certificate certificate = CertificateDraft
			.authority(request.subject(), keyPair.getPublic(), Validity.starting(clock, request.validity()))
			.sign(keyPair.getPrivate());
		depot.addCertificate(request.name(), certificate);
		return new CertificateAuthority(new Identity(keyPair.getPrivate(), List.of(certificate)), clock);
	}

	/**
	 * Opens an authority that a depot keeps, also one that another tool made. An expired
	 * one opens, but issues nothing.
	 * @param depot where it is kept
	 * @param name the name of its files
	 * @param clock the time
	 * @return the authority
	 * @throws RefusedException if a file is missing, unreadable or does not fit
	 */
	public static CertificateAuthority open(Depot depot, String name, Clock clock) {
		Identity identity = depot.read(name);
		String fault = fault(identity.leaf());
		if (fault != null) {
			throw new RefusedException(
					"%s: %s (expected: a self-signed certificate of an authority)".formatted(depot.certificate(name),
							fault),
					"Name the files of the authority itself, not those of a leaf or of an intermediate.");
		}
		return new CertificateAuthority(identity, clock);
	}

	/**
	 * Issues a leaf with a new key. Nothing is written.
	 * @param request what the leaf is to say
	 * @return the key and its leaf
	 * @throws RefusedException if the authority is not valid now
	 */
	public Identity issue(LeafRequest request) {
		requireValid();
		KeyPair keyPair = request.keyAlgorithm().generate();
		return new Identity(keyPair.getPrivate(), List.of(sign(request, keyPair.getPublic())));
	}

	/**
	 * Issues a leaf with a new key and keeps both in a depot: first the key, then the
	 * leaf. A key that an interruption left without a leaf is taken up again.
	 * @param depot where to keep them, this authority's own or another
	 * @param request what the leaf is to say
	 * @return the key and its leaf
	 * @throws RefusedException if the authority is not valid now, the name is taken, or
	 * the depot cannot be written
	 */
	public Identity issueTo(Depot depot, LeafRequest request) {
		requireValid();
		KeyPair keyPair = depot.addKey(request.name(), request.keyAlgorithm());
		X509Certificate leaf = sign(request, keyPair.getPublic());
		depot.addCertificate(request.name(), leaf);
		return new Identity(keyPair.getPrivate(), List.of(leaf));
	}

	/**
	 * Returns the certificate that others take as their trust anchor.
	 * @return the self-signed certificate
	 */
	public X509Certificate certificate() {
		return this.identity.leaf();
	}

	/**
	 * Checks that the authority may issue leaves now.
	 * @throws RefusedException if it is expired or not yet valid
	 */
	public void requireValid() {
		Instant now = this.clock.instant();
		Instant notBefore = certificate().getNotBefore().toInstant();
		if (now.isBefore(notBefore) || !now.isBefore(this.identity.expiry())) {
			throw new RefusedException(
					"%s: valid from %s to %s, and it is %s (expected: an authority that is valid now)"
						.formatted(certificate().getSubjectX500Principal(), notBefore, this.identity.expiry(), now),
					now.isBefore(notBefore) ? "Set the clock of this machine." : "Create a new authority.");
		}
	}

	private X509Certificate sign(LeafRequest request, PublicKey key) {
		if (AuthorityRequest.commonName(request.name()).equals(certificate().getSubjectX500Principal())) {
			throw new RefusedException(
					"name: %s (expected: another than the authority's, which peers would take for self-signed)"
						.formatted(request.name()),
					"Choose another name for the leaf.");
		}
		Validity validity = Validity.starting(this.clock, request.validity()).within(certificate());
		return CertificateDraft.leaf(request, key, validity, certificate()).sign(this.identity.privateKey());
	}

	private static @Nullable String fault(X509Certificate certificate) {
		boolean[] keyUsage = certificate.getKeyUsage();
		if (certificate.getBasicConstraints() < 0) {
			return "not an authority (basic constraints)";
		}
		if (keyUsage != null && !keyUsage[KEY_CERT_SIGN]) {
			return "an authority that may not sign certificates (key usage)";
		}
		try {
			certificate.verify(certificate.getPublicKey());
			return null;
		}
		catch (GeneralSecurityException ex) {
			return "issued by " + certificate.getIssuerX500Principal();
		}
	}

	@Override
	public String toString() {
		return "CertificateAuthority[subject=%s, expiry=%s]".formatted(certificate().getSubjectX500Principal(),
				this.identity.expiry());
	}

}
