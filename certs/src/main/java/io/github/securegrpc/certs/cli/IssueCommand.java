package io.github.securegrpc.certs.cli;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.LeafRequest;
import io.github.securegrpc.certs.Purpose;
import io.github.securegrpc.certs.SigningRequest;

/**
 * Issues a leaf.
 */
@Command(name = "issue", mixinStandardHelpOptions = true,
		description = "Issues a leaf: a key and its certificate. Without names it gets NAME, and a server also "
				+ "localhost, 127.0.0.1 and ::1. A request that certstrap or openssl left in the depot, NAME.csr, is "
				+ "signed: for its key, and without other names for its names.")
final class IssueCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Parameters(paramLabel = "NAME", description = "Name of the files, and the common name.")
	private String name = "";

	@Mixin
	private LeafOptions leaf = new LeafOptions();

	@Option(names = "--server", description = "Whether the leaf is for a server. Without --server and --client: both.")
	private boolean server;

	@Option(names = "--client", description = "Whether the leaf is for a client.")
	private boolean client;

	@Mixin
	private DepotOptions where = new DepotOptions();

	@Mixin
	private PassphraseOptions passphrase = new PassphraseOptions();

	IssueCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public Integer call() {
		// also a key of the leaf's that is there already may have a passphrase
		Depot depot = this.where.depot().opening(this.passphrase.origin(this.surroundings));
		Optional<SigningRequest> pending = depot.pending(this.name);
		LeafRequest request = this.leaf.request(this.name, purposes(), this.surroundings.clock(), pending);
		CertificateAuthority authority = CertificateAuthority.open(depot, this.where.authority(),
				this.surroundings.clock());
		new Issued(depot, this.surroundings.out()).say("Issued", this.name,
				this.leaf.issue(authority, depot, request, pending));
		return 0;
	}

	private Set<Purpose> purposes() {
		if (this.server == this.client) {
			return EnumSet.allOf(Purpose.class);
		}
		return EnumSet.of(this.server ? Purpose.SERVER : Purpose.CLIENT);
	}

}
