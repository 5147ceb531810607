package io.github.securegrpc.certs.cli;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.github.securegrpc.certs.cli.report.Lines;
import io.github.securegrpc.certs.key.CertificateFile;
import io.github.securegrpc.certs.key.KeyEncoding;
import io.github.securegrpc.certs.key.NewFile;
import io.github.securegrpc.certs.key.StoredKey;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;

/**
 * Writes a key in another encoding.
 */
@Command(name = "convert", mixinStandardHelpOptions = true, description = "Writes a private key, with its certificates "
		+ "if there are any, in another form. Reads PEM (PKCS#8, PKCS#1, SEC1, each also encrypted), DER and PKCS#12. "
		+ "Never writes over a file.")
final class ConvertCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Parameters(paramLabel = "FILE", arity = "1..*",
			description = "The key, and files with its certificates, leaf first.")
	private List<Path> files = new ArrayList<>();

	@Option(names = "--to", required = true, paramLabel = "FORM", description = "Form: ${COMPLETION-CANDIDATES}")
	private Form form = Form.PKCS8;

	@Option(names = "--out", required = true, paramLabel = "FILE", description = "The new file.")
	private Path out = Path.of("");

	@Option(names = "--cert-out", paramLabel = "FILE",
			description = "Another new file, for the certificates, when --to is not PKCS12.")
	private @Nullable Path certificatesOut;

	@Option(names = "--alias", paramLabel = "NAME",
			description = "Name of the entry in the PKCS#12 file. Default: ${DEFAULT-VALUE}")
	private String alias = "tls";

	@Option(names = "--encrypt",
			description = "Whether to encrypt the new key; you are asked for the passphrase unless "
					+ "--out-passphrase-file or --out-passphrase-env is given, which imply it. PKCS#12 always is; "
					+ "PKCS#1 and SEC1 are in the legacy way, with DES-EDE3-CBC.")
	private boolean encrypt;

	@Mixin
	private PassphraseOptions passphrase = new PassphraseOptions();

	@Mixin
	private NewPassphraseOptions newPassphrase = new NewPassphraseOptions();

	ConvertCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public Integer call() {
		PassphraseOrigin origin = this.newPassphrase.origin(this.surroundings);
		new NewFile(this.out).requireAbsent();
		if (this.certificatesOut != null) {
			new NewFile(this.certificatesOut).requireAbsent();
		}
		StoredKey stored = null;
		List<X509Certificate> certificates = new ArrayList<>();
		for (Path path : this.files) {
			CertificateFile file = CertificateFile.read(path, this.passphrase.origin(this.surroundings));
			certificates.addAll(file.certificates());
			for (StoredKey key : file.keys()) {
				if (stored != null) {
					throw new RefusedException("%s: one more private key (expected: one in all files)".formatted(path),
							"Name the file with the key, and files with its certificates.");
				}
				stored = key;
			}
		}
		if (stored == null) {
			throw new RefusedException("%s: no private key (expected: one)".formatted(this.files),
					"Name the file with the key.");
		}
		write(stored.open(this.passphrase.origin(this.surroundings)), certificates, origin);
		return 0;
	}

	private void write(PrivateKey key, List<X509Certificate> certificates, PassphraseOrigin origin) {
		NewFile file = new NewFile(this.out);
		if (this.form.encoding == null) {
			if (certificates.isEmpty()) {
				throw new RefusedException(
						"%s: no certificate (expected: the key's, which PKCS#12 needs)".formatted(this.files),
						"Name the file with the certificate as well.");
			}
			file.writePkcs12(new Identity(key, certificates), this.alias, origin.choose(this.out));
		}
		else {
			boolean encrypts = this.encrypt || origin.isGiven();
			file.writeKey(key, this.form.encoding, encrypts ? origin.choose(this.out) : null);
		}
		Lines.say(this.surroundings.out(), "Wrote " + this.out);
		if (this.certificatesOut != null && this.form.encoding != null) {
			new NewFile(this.certificatesOut).writeCertificates(certificates);
			Lines.say(this.surroundings.out(), "Wrote " + this.certificatesOut);
		}
	}

	/**
	 * The forms.
	 */
	enum Form {

		PKCS8(KeyEncoding.PKCS8), PKCS1(KeyEncoding.PKCS1), SEC1(KeyEncoding.SEC1), PKCS12(null);

		private final @Nullable KeyEncoding encoding;

		Form(@Nullable KeyEncoding encoding) {
			this.encoding = encoding;
		}

	}

}
