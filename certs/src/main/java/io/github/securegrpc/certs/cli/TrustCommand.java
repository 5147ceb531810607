package io.github.securegrpc.certs.cli;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.github.securegrpc.certs.cli.report.Lines;
import io.github.securegrpc.certs.key.CertificateFile;
import io.github.securegrpc.certs.key.NewFile;
import io.github.securegrpc.certs.key.PassphraseSource;
import io.github.securegrpc.material.RefusedException;

/**
 * Writes a trust store.
 */
@Command(name = "trust", mixinStandardHelpOptions = true,
		description = "Writes a trust store, which a JVM reads, with the certificate of the depot's authority, or with "
				+ "those of the files given. Never writes over a file.")
final class TrustCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Option(names = "--alias", paramLabel = "NAME",
			description = "Name of the first entry; others have a number behind it. Default: ${DEFAULT-VALUE}")
	private String alias = "ca";

	@Option(names = "--to", required = true, paramLabel = "FORM", description = "Form: ${COMPLETION-CANDIDATES}")
	private Form form = Form.PKCS12;

	@Option(names = "--out", required = true, paramLabel = "FILE", description = "The new file.")
	private Path out = Path.of("");

	@Mixin
	private DepotOptions where = new DepotOptions();

	@Mixin
	private TrustPassphraseOptions passphrase = new TrustPassphraseOptions();

	@Parameters(paramLabel = "FILE", arity = "0..*",
			description = "Files with certificates of authorities. Default: that of the authority in the depot")
	private List<Path> files = new ArrayList<>();

	TrustCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public Integer call() {
		PassphraseOrigin origin = this.passphrase.origin(this.surroundings);
		NewFile file = new NewFile(this.out);
		file.requireAbsent();
		List<X509Certificate> anchors = anchors();
		switch (this.form) {
			case PKCS12 -> file.writeTrustStore(anchors, this.alias, origin.choose(this.out));
		}
		Lines.say(this.surroundings.out(), "Wrote " + this.out);
		for (X509Certificate anchor : anchors) {
			Lines.say(this.surroundings.out(), "  trusts       " + anchor.getSubjectX500Principal());
		}
		this.surroundings.out().flush();
		return 0;
	}

	private List<X509Certificate> anchors() {
		List<Path> sources = this.files.isEmpty() ? List.of(this.where.depot().certificate(this.where.authority()))
				: this.files;
		List<X509Certificate> anchors = new ArrayList<>();
		for (Path source : sources) {
			List<X509Certificate> found = CertificateFile.read(source, PassphraseSource.NONE).certificates();
			if (found.isEmpty()) {
				throw new RefusedException("%s: no certificate (expected: that of an authority)".formatted(source),
						"Name the file with the certificates of the authority.");
			}
			anchors.addAll(found);
		}
		return anchors.stream().distinct().toList();
	}

	/**
	 * The forms.
	 */
	enum Form {

		PKCS12

	}

}
