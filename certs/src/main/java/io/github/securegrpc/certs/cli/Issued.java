package io.github.securegrpc.certs.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.security.cert.X509Certificate;

import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.cli.report.Lines;
import io.github.securegrpc.text.SubjectAlternativeNames;

/**
 * Says what was written.
 *
 * @param depot where
 * @param out where to say it
 */
record Issued(Depot depot, PrintWriter out) {

	void say(String what, String name, X509Certificate certificate) {
		Lines.say(this.out, "%s %s, valid until %s".formatted(what, name, certificate.getNotAfter().toInstant()));
		if (!SubjectAlternativeNames.of(certificate).isEmpty()) {
			Lines.say(this.out, "  names        " + String.join(", ", SubjectAlternativeNames.of(certificate)));
		}
		Lines.say(this.out, "  certificate  " + this.depot.certificate(name));
		if (Files.exists(this.depot.request(name))) {
			Lines.say(this.out, "  request      " + this.depot.request(name));
		}
		if (Files.exists(this.depot.key(name))) {
			Lines.say(this.out, "  key          " + this.depot.key(name));
		}
	}

}
