package io.github.securegrpc.certs.cli.report;

import java.io.PrintWriter;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Instant;
import java.util.Set;

import io.github.securegrpc.certs.key.CertificateFile;
import io.github.securegrpc.certs.key.StoredKey;

/**
 * What a file holds beside certificates, in plain words.
 *
 * @param out where to print it
 * @param now what is out of date
 * @since 0.1.0
 */
public record FileReport(PrintWriter out, Instant now) {

	/**
	 * Prints what a file holds beside certificates.
	 * @param file the file
	 */
	public void print(CertificateFile file) {
		for (StoredKey key : file.keys()) {
			Lines.say(this.out, "   a private key, " + key.encoding());
		}
		for (X509CRL list : file.revocations()) {
			print(list);
		}
		for (String other : file.others()) {
			Lines.say(this.out, "   " + other);
		}
	}

	private void print(X509CRL list) {
		Lines.say(this.out, "   what %s has revoked, as of %s".formatted(list.getIssuerX500Principal(),
				list.getThisUpdate().toInstant()));
		if (list.getNextUpdate() != null) {
			Instant next = list.getNextUpdate().toInstant();
			Lines.say(this.out,
					"   due again before %s%s".formatted(next, this.now.isAfter(next) ? ": out of date" : ""));
		}
		Set<? extends X509CRLEntry> entries = list.getRevokedCertificates();
		if (entries == null) {
			Lines.say(this.out, "   nothing");
			return;
		}
		for (X509CRLEntry entry : entries) {
			Lines.say(this.out,
					"   serial %x, revoked %s%s".formatted(entry.getSerialNumber(),
							entry.getRevocationDate().toInstant(),
							(entry.getRevocationReason() != null) ? ", " + entry.getRevocationReason() : ""));
		}
	}

}
