package io.github.securegrpc.certs;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.certs.Revocations.Revocation;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;

/**
 * A key and its self-signed certificate, which issue leaves. Immutable and safe for use
 * by several threads; never prints its key.
 *
 * @since 0.1.0
 */
public final class CertificateAuthority {

	private final Identity identity;

	private final Revocations revocations;

	private final Clock clock;

	private CertificateAuthority(Revocations revocations, Clock clock) {
		this.identity = revocations.authority();
		this.revocations = revocations;
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
			.authority(request.subject(), keyPair.getPublic(), ValidityPeriod.starting(clock, request.validity()))
			.sign(keyPair.getPrivate());
		depot.addCertificate(request.name(), certificate);
		Identity identity = new Identity(keyPair.getPrivate(), List.of(certificate));
		return new CertificateAuthority(new Revocations(depot, request.name(), identity), clock);
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
		AuthorityRefusals.unfit(depot.certificate(name), identity.leaf());
		return new CertificateAuthority(new Revocations(depot, name, identity), clock);
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
		return new Identity(keyPair.getPrivate(), List.of(leaf(request, keyPair.getPublic())));
	}

	/**
	 * Issues a leaf with a new key and keeps both in a depot: first the key, then the
	 * request for the leaf, then the leaf. What an interruption left of that is taken up
	 * again.
	 * @param depot where to keep them, this authority's own or another
	 * @param request what the leaf is to say
	 * @return the key and its leaf
	 * @throws RefusedException if the authority is not valid now, the name is taken, or
	 * the depot cannot be written
	 */
	public Identity issueTo(Depot depot, LeafRequest request) {
		requireValid();
		Optional<SigningRequest> pending = depot.pending(request.name());
		pending.ifPresent((left) -> DepotRefusals.requestWithoutKey(left.file(), depot.key(request.name())));
		KeyPair keyPair = depot.addKey(request.name(), request.keyAlgorithm());
		X509Certificate leaf = this.revocations.depot().alone(() -> {
			requireUnrevoked(depot, request.name(), keyPair.getPublic());
			if (pending.isEmpty()) {
				depot.addRequest(request, keyPair);
			}
			return new Issuances(depot, request.name()).put(leaf(request, keyPair.getPublic()), this.clock.instant());
		});
		return new Identity(keyPair.getPrivate(), List.of(leaf));
	}

	/**
	 * Issues a leaf for a request that lies in a depot, and keeps it beside that. The
	 * leaf is for the key of the request, of whichever kind, and says what
	 * {@code request} says. The private key is not needed.
	 * @param depot where the request was found
	 * @param pending the request that was found there
	 * @param request what the leaf is to say, with the name of that request
	 * @return the leaf
	 * @throws RefusedException if the authority is not valid now, the key is too weak, or
	 * the depot cannot be written
	 */
	public X509Certificate sign(Depot depot, SigningRequest pending, LeafRequest request) {
		requireValid();
		if (!pending.file().equals(depot.request(request.name()))) {
			throw new IllegalArgumentException(
					"name: %s (expected: the name of %s)".formatted(request.name(), pending.file()));
		}
		return this.revocations.depot().alone(() -> {
			requireUnrevoked(depot, request.name(), pending.publicKey());
			X509Certificate leaf = leaf(request, pending.publicKey());
			new LeafRefusals(pending.file(), leaf).weakKey();
			return new Issuances(depot, request.name()).put(leaf, this.clock.instant());
		});
	}

	/**
	 * Issues a leaf of a depot again, for the same key, names and purposes, and puts it
	 * in the old one's place. The key is neither read nor written.
	 * @param depot where the leaf is kept
	 * @param name the name of the leaf
	 * @param validity how long the new leaf is valid, or {@code null} for as long as the
	 * old one was
	 * @return the new leaf
	 * @throws RefusedException if the authority is not valid now, the old leaf is not of
	 * this authority, has no names or is revoked, or the depot cannot be written
	 */
	public X509Certificate renew(Depot depot, String name, @Nullable Duration validity) {
		requireValid();
		// alone: no renewal slips past a revocation
		return this.revocations.depot().alone(() -> renewAlone(depot, name, validity));
	}

	private X509Certificate renewAlone(Depot depot, String name, @Nullable Duration validity) {
		X509Certificate leaf = depot.readCertificate(name);
		LeafRefusals refusals = new LeafRefusals(depot.certificate(name), leaf);
		refusals.issuedByAnother(certificate());
		refusals.authority();
		refusals.withoutNames();
		refusals.revoked(this.revocations.revoked());
		Duration length = (validity != null) ? ValidityPeriod.checked(validity) : ValidityPeriod.lengthOf(leaf);
		X509Certificate renewed = CertificateDraft
			.renewal(leaf, ValidityPeriod.starting(this.clock, length).within(certificate()), certificate())
			.sign(this.identity.privateKey());
		new Issuances(depot, name).add(List.of(leaf, renewed), this.clock.instant());
		depot.replaceCertificate(name, renewed);
		return renewed;
	}

	/**
	 * Revokes a leaf for good, with every unexpired certificate that this authority
	 * issued to its name in that depot, such as those that were renewed. Issues the next
	 * list of revoked certificates to this authority's depot, in which a certificate that
	 * is revoked already keeps its date and reason.
	 * @param depot where the leaf is kept
	 * @param name the name of the leaf
	 * @param reason why
	 * @return the new list
	 * @throws RefusedException if the leaf is not of this authority, or the authority is
	 * not valid now, or its last list or its depot is in the way
	 */
	public X509CRL revoke(Depot depot, String name, RevocationReason reason) {
		requireValid();
		return this.revocations.depot().alone(() -> {
			X509Certificate leaf = depot.readCertificate(name);
			LeafRefusals refusals = new LeafRefusals(depot.certificate(name), leaf);
			refusals.issuedByAnother(certificate());
			refusals.authority();
			Issuances issuances = new Issuances(depot, name);
			// also another tool's: its key must not come back
			issuances.add(List.of(leaf), this.clock.instant());
			Set<BigInteger> serials = issuances.serials(certificate(), this.clock.instant());
			serials.add(leaf.getSerialNumber());
			return this.revocations.next(new Revocation(serials, reason), this.clock);
		});
	}

	/**
	 * Issues the next list of revoked certificates to this authority's depot, with the
	 * entries of the last. Whoever checks it refuses every leaf once thirty days have
	 * passed without another.
	 * @return the new list
	 * @throws RefusedException if the authority is not valid now, or its last list or its
	 * depot is in the way
	 */
	public X509CRL crl() {
		requireValid();
		return this.revocations.next(Revocation.NONE, this.clock);
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
		AuthorityRefusals.invalid(certificate(), this.clock.instant());
	}

	private void requireUnrevoked(Depot depot, String name, PublicKey key) {
		new Issuances(depot, name).requireUnrevoked(key, this.revocations.revoked(), this.clock.instant());
	}

	private X509Certificate leaf(LeafRequest request, PublicKey key) {
		if (AuthorityRequest.commonName(request.name()).equals(certificate().getSubjectX500Principal())) {
			throw new RefusedException(
					"name: %s (expected: another than the authority's, which peers would take for self-signed)"
						.formatted(request.name()),
					"Choose another name for the leaf.");
		}
		ValidityPeriod validity = ValidityPeriod.starting(this.clock, request.validity()).within(certificate());
		return CertificateDraft.leaf(request, key, validity, certificate()).sign(this.identity.privateKey());
	}

	@Override
	public String toString() {
		return "CertificateAuthority[subject=%s, expiry=%s]".formatted(certificate().getSubjectX500Principal(),
				this.identity.expiry());
	}

}
