package io.github.securegrpc.certs;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;

import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CRLEntryHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CRLHolder;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;

import io.github.securegrpc.certs.key.KeySigner;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;

/**
 * What an authority has revoked (RFC 5280, 5): the next list keeps every entry of those
 * before, and has a higher number.
 *
 * @param depot where the list is kept
 * @param name the name of the authority
 * @param authority the authority's key and certificate
 */
record Revocations(Depot depot, String name, Identity authority) {

	private static final Duration UNTIL_NEXT_UPDATE = Duration.ofDays(30);

	RevokedCertificates revoked() {
		return new RevokedCertificates(this.depot, this.name, this.authority.leaf());
	}

	/**
	 * Issues the next list. Others wait meanwhile, so that no entry is lost.
	 */
	X509CRL next(Revocation added, Clock clock) {
		requireMaySign();
		return this.depot.alone(() -> {
			X509CRL next = sign(added, clock.instant().truncatedTo(ChronoUnit.SECONDS));
			this.depot.replaceRevocations(this.name, next);
			return next;
		});
	}

	private X509CRL sign(Revocation added, Instant now) {
		X509v2CRLBuilder draft = new JcaX509v2CRLBuilder(this.authority.leaf(), Date.from(now));
		draft.setNextUpdate(Date.from(now.plus(UNTIL_NEXT_UPDATE)));
		try {
			Set<BigInteger> listed = new HashSet<>();
			for (X509CRL list : revoked().lists()) {
				for (Object found : new JcaX509CRLHolder(list).getRevokedCertificates()) {
					X509CRLEntryHolder entry = (X509CRLEntryHolder) found;
					if (listed.add(entry.getSerialNumber())) {
						draft.addCRLEntry(entry.getSerialNumber(), entry.getRevocationDate(), entry.getExtensions());
					}
				}
			}
			for (BigInteger serial : added.serials()) {
				if (listed.add(serial)) {
					draft.addCRLEntry(serial, Date.from(now), added.reason().code());
				}
			}
			draft.addExtension(Extension.authorityKeyIdentifier, false,
					CertificateDraft.keyIdentifierOf(this.authority.leaf()));
			draft.addExtension(Extension.cRLNumber, false, new CRLNumber(revoked().number().add(BigInteger.ONE)));
			return new JcaX509CRLConverter().getCRL(draft.build(new KeySigner(this.authority.privateKey())));
		}
		catch (CertIOException | GeneralSecurityException ex) {
			throw new IllegalStateException("Cannot sign a list of revoked certificates", ex);
		}
	}

	private void requireMaySign() {
		if (!revoked().maySignLists()) {
			throw new RefusedException(
					"%s: an authority that may not sign lists of revoked certificates (expected: key usage cRLSign)"
						.formatted(this.depot.certificate(this.name)),
					"Create a new authority; this one cannot revoke.");
		}
	}

	/**
	 * The entries for one leaf.
	 *
	 * @param serials the serial numbers of its certificates, each only once
	 * @param reason why they are revoked
	 */
	record Revocation(Set<BigInteger> serials, RevocationReason reason) {

		static final Revocation NONE = new Revocation(Set.of(), RevocationReason.UNSPECIFIED);

	}

}
