package io.github.securegrpc.certs.cli;

import java.util.concurrent.Callable;

import javax.security.auth.x500.X500Principal;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.github.securegrpc.certs.AuthorityRequest;
import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.KeyAlgorithm;

/**
 * Creates an authority.
 */
@Command(name = "init", mixinStandardHelpOptions = true,
		description = "Creates an authority: its key, its certificate " + "and its empty list of revoked certificates.")
final class InitCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Mixin
	private DepotOptions where = new DepotOptions();

	@Mixin
	private PassphraseOptions passphrase = new PassphraseOptions();

	@Option(names = "--encrypt", description = "Whether to encrypt the key; you are asked for the passphrase unless "
			+ "--passphrase-file or --passphrase-env is given, which imply it.")
	private boolean encrypt;

	@Option(names = "--subject", paramLabel = "DN",
			description = "Subject of the certificate, such as \"CN=My CA, O=My company\". Default: CN=<name>")
	private @Nullable String subject;

	@Option(names = "--key-type", paramLabel = "TYPE",
			description = "Kind of key: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
	private KeyAlgorithm keyAlgorithm = KeyAlgorithm.EC_P256;

	@Option(names = "--expires", paramLabel = "TIME", converter = Expiry.Converter.class,
			description = "A time such as \"20 years\", or a date such as 2036-12-31. Default: 10 years")
	private @Nullable Expiry expires;

	InitCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public Integer call() {
		AuthorityRequest request = request();
		Depot depot = this.where.depot();
		PassphraseOrigin origin = this.passphrase.origin(this.surroundings);
		Depot keys = (this.encrypt || origin.isGiven()) ? depot.encrypting(origin.choose(depot.key(request.name())))
				: depot;
		CertificateAuthority authority = CertificateAuthority.create(keys, request, this.surroundings.clock());
		authority.crl();
		new Issued(depot, this.surroundings.out()).say("Created the authority", request.name(),
				authority.certificate());
		return 0;
	}

	private AuthorityRequest request() {
		AuthorityRequest request = AuthorityRequest.named(this.where.authority()).withKeyAlgorithm(this.keyAlgorithm);
		if (this.subject != null) {
			request = request.withSubject(subject(this.subject));
		}
		return (this.expires != null) ? request.withValidity(this.expires.after(this.surroundings.clock().instant()))
				: request;
	}

	private static X500Principal subject(String text) {
		try {
			return new X500Principal(text);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"--subject: %s (expected: a name such as CN=My CA, O=My company)".formatted(text));
		}
	}

}
