package io.github.securegrpc.certs.cli;

import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.RevocationReason;
import io.github.securegrpc.certs.cli.report.Lines;

/**
 * Revokes leaves.
 */
@Command(name = "revoke", mixinStandardHelpOptions = true,
		description = "Revokes leaves for good, with all that was issued to their names, and issues the list of revoked "
				+ "certificates anew. Without NAME it only does the latter, which is due every 30 days.")
final class RevokeCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Parameters(paramLabel = "NAME", arity = "0..*", description = "Names of the leaves.")
	private List<String> names = new ArrayList<>();

	@Option(names = "--reason", paramLabel = "REASON",
			description = "Why: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
	private RevocationReason reason = RevocationReason.UNSPECIFIED;

	@Mixin
	private DepotOptions where = new DepotOptions();

	@Mixin
	private PassphraseOptions passphrase = new PassphraseOptions();

	RevokeCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public Integer call() {
		Depot depot = this.where.depot();
		CertificateAuthority authority = CertificateAuthority.open(
				depot.opening(this.passphrase.origin(this.surroundings)), this.where.authority(),
				this.surroundings.clock());
		if (this.names.isEmpty()) {
			say(depot, authority.crl());
		}
		for (String name : this.names) {
			X509CRL list = authority.revoke(depot, name, this.reason);
			Lines.say(this.surroundings.out(), "Revoked %s".formatted(name));
			say(depot, list);
		}
		return 0;
	}

	private void say(Depot depot, X509CRL list) {
		Set<?> entries = list.getRevokedCertificates();
		Lines.say(this.surroundings.out(),
				"List of %d revoked, due again before %s: %s".formatted((entries != null) ? entries.size() : 0,
						list.getNextUpdate().toInstant(), depot.revocations(this.where.authority())));
	}

}
