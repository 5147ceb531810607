package io.github.securegrpc.certs;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;

import io.github.securegrpc.certs.key.PemFile;
import io.github.securegrpc.material.RefusedException;

/**
 * What an authority has revoked, as its depot says: by the list in place, which another
 * tool may have written anew without what was revoked here, and by the record of the last
 * list that was issued here, {@code <name>.revoked}. Needs no key, and no passphrase.
 *
 * @param depot where the list is kept
 * @param name the name of the authority
 * @param authority the certificate of the authority
 * @since 0.1.0
 */
public record RevokedCertificates(Depot depot, String name, X509Certificate authority) {

	private static final int CRL_SIGN = 6;

	private static final Duration AHEAD = Duration.ofDays(10);

	/**
	 * Looks into a depot.
	 * @param depot where authority and list are kept
	 * @param name the name of the authority
	 * @return what it has revoked
	 * @throws RefusedException if the certificate of the authority is missing or
	 * unreadable
	 */
	public static RevokedCertificates of(Depot depot, String name) {
		return new RevokedCertificates(depot, name, depot.readCertificate(name));
	}

	/**
	 * Returns when the list in place is out of date.
	 * @return that moment, empty if there is no list or if it does not say
	 */
	public Optional<Instant> nextUpdate() {
		return inPlace().stream()
			.map(X509CRL::getNextUpdate)
			.filter(Objects::nonNull)
			.min(Date::compareTo)
			.map(Date::toInstant);
	}

	/**
	 * Tells whether a certificate of this authority is revoked.
	 * @param certificate the certificate
	 * @return {@code true} if it is
	 * @throws RefusedException if the list cannot be read, or another authority signed it
	 */
	public boolean contain(X509Certificate certificate) {
		return lists().stream().anyMatch((list) -> list.getRevokedCertificate(certificate.getSerialNumber()) != null);
	}

	/**
	 * Tells whether nothing was ever revoked here.
	 * @return {@code true} if neither list nor record has an entry
	 * @throws RefusedException if the list cannot be read, or another authority signed it
	 */
	public boolean isEmpty() {
		return serials().isEmpty();
	}

	/**
	 * Tells whether the list must be issued anew before anybody can go by it.
	 * @param now the time
	 * @return {@code true} if there is none, if it is out of date, or if it lacks what
	 * was revoked here; never of an authority from elsewhere that may not sign lists
	 * @throws RefusedException if the list cannot be read, or another authority signed it
	 */
	public boolean isDue(Instant now) {
		return maySignLists() && (inPlace().isEmpty() || !missing().isEmpty()
				|| nextUpdate().filter((next) -> !now.isBefore(next)).isPresent());
	}

	/**
	 * Tells whether the list is to be issued anew, ten days before nobody can go by it.
	 * @param now the time
	 * @return {@code true} if it is, as {@link #isDue}
	 * @throws RefusedException if the list cannot be read, or another authority signed it
	 */
	public boolean isSoonDue(Instant now) {
		return isDue(now.plus(AHEAD));
	}

	/**
	 * Returns what was revoked here and is not on the list in place.
	 * @return the serial numbers
	 * @throws RefusedException if a list cannot be read, or another authority signed that
	 * in place
	 */
	public Set<BigInteger> missing() {
		Set<BigInteger> missing = serials(recorded());
		missing.removeAll(serials(inPlace()));
		return missing;
	}

	boolean maySignLists() {
		boolean[] keyUsage = this.authority.getKeyUsage();
		return keyUsage == null || keyUsage[CRL_SIGN];
	}

	Set<BigInteger> serials() {
		return serials(lists());
	}

	// the record first: it has the date and the reason that were given here
	List<X509CRL> lists() {
		return Stream.concat(recorded().stream(), inPlace().stream()).toList();
	}

	/**
	 * Returns the highest number that a list of this authority had, as far as it is
	 * known: a list with a lower one is refused as an older one.
	 */
	BigInteger number() {
		return lists().stream().map(RevokedCertificates::number).reduce(BigInteger.ZERO, BigInteger::max);
	}

	private List<X509CRL> inPlace() {
		Path file = this.depot.revocations(this.name);
		List<X509CRL> lists = PemFile.revocations(file);
		for (X509CRL list : lists) {
			if (!isSigned(list)) {
				throw new RefusedException(
						"%s: a list of %s that %s has not signed (expected: the list of this authority)".formatted(file,
								list.getIssuerX500Principal(), this.authority.getSubjectX500Principal()),
						"Restore the file from a backup: what it revoked must stay revoked.");
			}
		}
		return lists;
	}

	// of an earlier authority of that name, it says nothing of this one
	private List<X509CRL> recorded() {
		return PemFile.revocations(this.depot.revoked(this.name)).stream().filter(this::isSigned).toList();
	}

	private boolean isSigned(X509CRL list) {
		try {
			list.verify(this.authority.getPublicKey());
			return true;
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

	private static Set<BigInteger> serials(List<X509CRL> lists) {
		Set<BigInteger> serials = new LinkedHashSet<>();
		for (X509CRL list : lists) {
			Set<? extends X509CRLEntry> entries = list.getRevokedCertificates();
			if (entries != null) {
				entries.forEach((entry) -> serials.add(entry.getSerialNumber()));
			}
		}
		return serials;
	}

	private static BigInteger number(X509CRL list) {
		byte[] extension = list.getExtensionValue(Extension.cRLNumber.getId());
		return (extension != null)
				? ASN1Integer.getInstance(ASN1OctetString.getInstance(extension).getOctets()).getValue()
				: BigInteger.ZERO;
	}

}
