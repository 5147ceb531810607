package io.github.securegrpc.certs.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.RevokedCertificates;
import io.github.securegrpc.certs.cli.report.Lines;

/**
 * Renews leaves.
 */
@Command(name = "renew", mixinStandardHelpOptions = true,
		description = "Issues leaves again, with the same key, names and purposes, in place of the old ones.")
final class RenewCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Parameters(paramLabel = "NAME", arity = "1..*", description = "Names of the leaves.")
	private List<String> names = new ArrayList<>();

	@Option(names = "--expires", paramLabel = "TIME", converter = Expiry.Converter.class,
			description = "A time such as 90d, or a date such as 2027-12-31. Default: as long as the old one was valid")
	private @Nullable Expiry expires;

	@Mixin
	private DepotOptions where = new DepotOptions();

	@Mixin
	private PassphraseOptions passphrase = new PassphraseOptions();

	RenewCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public Integer call() {
		Duration validity = (this.expires != null) ? this.expires.after(this.surroundings.clock().instant()) : null;
		Depot depot = this.where.depot();
		CertificateAuthority authority = CertificateAuthority.open(
				depot.opening(this.passphrase.origin(this.surroundings)), this.where.authority(),
				this.surroundings.clock());
		for (String name : this.names) {
			new Issued(depot, this.surroundings.out()).say("Renewed", name, authority.renew(depot, name, validity));
		}
		RevokedCertificates revoked = RevokedCertificates.of(depot, this.where.authority());
		if (!revoked.isEmpty() && revoked.isSoonDue(this.surroundings.clock().instant())) {
			authority.crl();
			Lines.say(this.surroundings.out(),
					"Issued the list of revoked certificates anew: " + depot.revocations(this.where.authority()));
		}
		return 0;
	}

}
