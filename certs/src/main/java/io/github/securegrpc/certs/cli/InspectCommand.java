package io.github.securegrpc.certs.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.github.securegrpc.certs.cli.live.LiveServer;
import io.github.securegrpc.certs.cli.live.ServerAddress;
import io.github.securegrpc.certs.cli.report.CertificateReport;
import io.github.securegrpc.certs.cli.report.FileReport;
import io.github.securegrpc.certs.cli.report.HostCheck;
import io.github.securegrpc.certs.cli.report.Lines;
import io.github.securegrpc.certs.cli.report.Objections;
import io.github.securegrpc.certs.cli.report.PathCheck;
import io.github.securegrpc.certs.key.CertificateFile;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.check.MaterialCheck.Side;

/**
 * Tells what a file or a server has to show.
 */
@Command(name = "inspect", mixinStandardHelpOptions = true,
		description = "Tells in plain words what a file holds or a server presents, and what an application with the "
				+ "starter, or a client, would object to. Exit code 1: somebody would.")
final class InspectCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Parameters(paramLabel = "FILE|HOST:PORT", description = "A file of any form, or a running server.")
	private String subject = "";

	@Option(names = "--ca-file", paramLabel = "FILE", description = "Certificates of the authority it should reach.")
	private @Nullable Path authorities;

	@Mixin
	private PassphraseOptions passphrase = new PassphraseOptions();

	InspectCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public Integer call() {
		List<RefusedException> objections = new ArrayList<>();
		Path path = Path.of(this.subject);
		ServerAddress address = Files.exists(path) ? null : ServerAddress.parse(this.subject).orElse(null);
		if (address == null) {
			requirePossible(path);
			inspect(path, objections);
		}
		else {
			inspect(address, objections);
		}
		for (RefusedException objection : objections) {
			Lines.say(out(), "objection: " + objection.getMessage());
			Lines.say(out(), "  " + objection.action());
		}
		if (objections.isEmpty()) {
			Lines.say(out(), "nothing to object to");
		}
		out().flush();
		return objections.isEmpty() ? 0 : Failures.NOT_DONE;
	}

	private static void requirePossible(Path path) {
		if (Files.notExists(path) && path.getNameCount() == 1) {
			throw new RefusedException(
					"%s: missing (expected: a file, or a server as HOST:PORT with a port from 1 to 65535)"
						.formatted(path),
					"Check the path, or write the server with its port, such as %s:50051.".formatted(host(path)));
		}
	}

	private static String host(Path path) {
		String text = path.toString();
		return (text.indexOf(':') > 0) ? text.substring(0, text.indexOf(':')) : text;
	}

	private void inspect(Path path, List<RefusedException> objections) {
		CertificateFile file = CertificateFile.read(path, this.passphrase.origin(this.surroundings));
		Lines.say(out(), "%s holds %s:".formatted(path, file.format()));
		new FileReport(out(), now()).print(file);
		object(objections, file.objections());
		X509Certificate first = file.certificates().isEmpty() ? null : file.certificates().get(0);
		if (first == null) {
			return;
		}
		print(file.certificates());
		// a file of authorities is nobody's chain
		if (Objections.isLeaf(first)) {
			for (Side side : Objections.sidesOf(first)) {
				object(objections,
						new Objections(this.surroundings.clock()).to(file.certificates(), path.toString(), side));
			}
		}
		reach(file.certificates(), objections);
	}

	private void inspect(ServerAddress address, List<RefusedException> objections) {
		LiveServer server = LiveServer.see(address);
		Lines.say(out(), "%s presents, with %s:".formatted(address, server.protocol()));
		print(server.chain());
		Lines.say(out(), "asks for a client's certificate: " + (server.asksForCertificate() ? "yes" : "no"));
		object(objections,
				new Objections(this.surroundings.clock()).to(server.chain(), address.toString(), Side.SERVER));
		attempt(objections, () -> new HostCheck(address.host()).serves(server.chain().get(0), address.toString()));
		if (!server.http2()) {
			objections.add(new RefusedException(
					"%s: did not agree on h2 (expected: HTTP/2 by ALPN, which gRPC needs)".formatted(address),
					"Check that this is the gRPC port."));
		}
		reach(server.chain(), objections);
	}

	private void print(List<X509Certificate> certificates) {
		for (int i = 0; i < certificates.size(); i++) {
			new CertificateReport(out(), now()).print(i + 1, certificates.get(i));
		}
	}

	private void reach(List<X509Certificate> chain, List<RefusedException> objections) {
		if (this.authorities != null) {
			List<X509Certificate> anchors = CertificateFile
				.read(this.authorities, this.passphrase.origin(this.surroundings))
				.certificates();
			String from = this.authorities.toString();
			attempt(objections, () -> new PathCheck(anchors, from, now()).reaches(chain));
		}
	}

	// what both sides object to is said once
	private static void object(List<RefusedException> objections, List<RefusedException> more) {
		for (RefusedException objection : more) {
			if (objections.stream()
				.noneMatch((said) -> String.valueOf(said.getMessage()).equals(objection.getMessage()))) {
				objections.add(objection);
			}
		}
	}

	private static void attempt(List<RefusedException> objections, Runnable rule) {
		try {
			rule.run();
		}
		catch (RefusedException ex) {
			objections.add(ex);
		}
	}

	private Instant now() {
		return this.surroundings.clock().instant();
	}

	private PrintWriter out() {
		return this.surroundings.out();
	}

}
