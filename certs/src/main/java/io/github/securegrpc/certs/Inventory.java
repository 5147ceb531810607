package io.github.securegrpc.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.securegrpc.certs.file.FileFault;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.check.Issuer;

/**
 * What an authority has issued to its depot, as far as it is known there. Needs no key,
 * and no passphrase. Immutable.
 *
 * @param entries the authority, the leaves in place, and those that a renewal replaced
 * and that are valid all the same
 * @param objections why there are files of which this is not known
 * @since 0.1.0
 */
public record Inventory(List<Entry> entries, List<RefusedException> objections) {

	public Inventory {
		entries = List.copyOf(entries);
		objections = List.copyOf(objections);
	}

	/**
	 * Looks at a depot.
	 * @param depot the depot
	 * @param revoked what the authority has revoked
	 * @param now what has expired
	 * @return what was found
	 * @throws RefusedException if the directory or the list of what was revoked cannot be
	 * read
	 */
	public static Inventory of(Depot depot, RevokedCertificates revoked, Instant now) {
		List<Entry> entries = new ArrayList<>();
		List<RefusedException> objections = new ArrayList<>();
		Set<BigInteger> serials = revoked.serials();
		entries.add(new Entry(revoked.name(), revoked.authority(), Standing.AUTHORITY));
		for (String name : names(depot)) {
			Set<X509Certificate> all = new LinkedHashSet<>();
			Set<X509Certificate> inPlace = new LinkedHashSet<>();
			attempt(objections, () -> inPlace.addAll(inPlace(depot, name)));
			attempt(objections, () -> all.addAll(new Issuances(depot, name).unexpired(now)));
			all.addAll(inPlace);
			all.removeIf((certificate) -> certificate.equals(revoked.authority())
					|| !Issuer.issued(revoked.authority(), certificate));
			for (X509Certificate certificate : all) {
				Standing valid = inPlace.contains(certificate) ? Standing.IN_PLACE : Standing.REPLACED;
				entries.add(new Entry(name, certificate,
						serials.contains(certificate.getSerialNumber()) ? Standing.REVOKED : valid));
			}
		}
		return new Inventory(entries, objections);
	}

	private static List<X509Certificate> inPlace(Depot depot, String name) {
		return Files.exists(depot.certificate(name)) ? List.of(depot.readCertificate(name)) : List.of();
	}

	// one file that cannot be read hides no other
	private static void attempt(List<RefusedException> objections, Runnable reading) {
		try {
			reading.run();
		}
		catch (RefusedException ex) {
			objections.add(ex);
		}
	}

	private static Set<String> names(Depot depot) {
		Set<String> names = new TreeSet<>();
		try (Stream<Path> files = Files.list(depot.directory())) {
			for (Path file : files.toList()) {
				String text = String.valueOf(file.getFileName());
				String name = text.substring(0, Math.max(0, text.lastIndexOf('.')));
				if (NameSyntax.isName(name)
						&& (file.equals(depot.certificate(name)) || file.equals(depot.issued(name)))) {
					names.add(name);
				}
			}
			return names;
		}
		catch (IOException ex) {
			FileFault fault = new FileFault(depot.directory(), ex);
			throw new RefusedException(
					"%s: %s (expected: a directory with certificates)".formatted(depot.directory(), fault.found()),
					fault.action(), ex);
		}
	}

	/**
	 * One certificate.
	 *
	 * @param name the name of its files
	 * @param certificate the certificate
	 * @param standing what it is there
	 */
	public record Entry(String name, X509Certificate certificate, Standing standing) {
	}

	/**
	 * What a certificate is in its depot.
	 */
	public enum Standing {

		/**
		 * The authority itself.
		 */
		AUTHORITY,

		/**
		 * The leaf that is in use under its name.
		 */
		IN_PLACE,

		/**
		 * A leaf that has made place for another, and is valid all the same.
		 */
		REPLACED,

		/**
		 * Refused by whoever has the list.
		 */
		REVOKED

	}

}
