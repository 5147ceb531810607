package io.github.securegrpc.certs.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.security.cert.X509Certificate;

import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.material.SubjectAlternativeNames;

/**
 * Says what was written.
 *
 * @param depot where
 * @param out where to say it
 */
record Issued(Depot depot, PrintWriter out) {

	void say(String what, String name, X509Certificate certificate) {
		this.out.println(
				"%s %s, valid until %s".formatted(what, Printable.of(name), certificate.getNotAfter().toInstant()));
		if (!SubjectAlternativeNames.of(certificate).isEmpty()) {
			this.out
				.println("  names        " + Printable.of(String.join(", ", SubjectAlternativeNames.of(certificate))));
		}
		this.out.println("  certificate  " + this.depot.certificate(name));
		if (Files.exists(this.depot.request(name))) {
			this.out.println("  request      " + this.depot.request(name));
		}
		if (Files.exists(this.depot.key(name))) {
			this.out.println("  key          " + this.depot.key(name));
		}
	}

}
