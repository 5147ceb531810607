package io.github.securegrpc.certs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.github.securegrpc.certs.AuthorityRequest;
import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.LeafRequest;
import io.github.securegrpc.certs.Purpose;
import io.github.securegrpc.certs.RevokedCertificates;
import io.github.securegrpc.certs.SigningRequest;
import io.github.securegrpc.certs.SubjectAlternativeName;
import io.github.securegrpc.material.RefusedException;

/**
 * Makes all that mutual TLS needs. What is there is kept if it will do, so that an
 * interrupted run is completed by another.
 */
@Command(name = "mutual", mixinStandardHelpOptions = true,
		description = "Makes all that mutual TLS needs: an authority, a server's leaf and a client's. Prints the lines "
				+ "for application.yml, which can go straight into the file: mutual > application.yml",
		footer = { "", "The names by --dns, --ip, --uri and --email are the server's." })
final class MutualCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Option(names = "--server", paramLabel = "NAME", description = "Name of the server. Default: ${DEFAULT-VALUE}")
	private String server = "server";

	@Option(names = "--client", paramLabel = "NAME", description = "Name of the client. Default: ${DEFAULT-VALUE}")
	private String client = "client";

	@Mixin
	private LeafOptions leaf = new LeafOptions();

	@Mixin
	private DepotOptions where = new DepotOptions();

	@Mixin
	private PassphraseOptions passphrase = new PassphraseOptions();

	MutualCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public Integer call() {
		if (this.server.equals(this.client)) {
			throw new IllegalArgumentException(
					"--server and --client: both %s (expected: two names)".formatted(this.server));
		}
		Clock clock = this.surroundings.clock();
		Depot depot = this.where.depot();
		Optional<SigningRequest> serverPending = pending(depot, this.server);
		Optional<SigningRequest> clientPending = pending(depot, this.client);
		LeafRequest serverRequest = this.leaf.request(this.server, EnumSet.of(Purpose.SERVER), clock, serverPending);
		LeafRequest clientRequest = this.leaf.unnamed(this.client, EnumSet.of(Purpose.CLIENT), clock, clientPending);
		CertificateAuthority authority = authority(depot);
		// application.yml may name it
		if (revoked(depot, authority).isSoonDue(clock.instant())) {
			authority.crl();
		}
		leaf(depot, authority, serverRequest, serverPending, this.leaf.asked());
		leaf(depot, authority, clientRequest, clientPending, List.of());
		this.surroundings.err().flush();
		this.surroundings.out()
			.print(new ApplicationYaml(depot, this.where.authority(), !revoked(depot, authority).isEmpty())
				.mutual(this.server, this.client));
		this.surroundings.out().flush();
		return 0;
	}

	// application.yml names the key as well
	private static Optional<SigningRequest> pending(Depot depot, String name) {
		Optional<SigningRequest> pending = depot.pending(name);
		if (pending.isPresent() && Files.notExists(depot.key(name))) {
			throw new RefusedException(
					"%s: exists, and %s does not (expected: both, or neither)".formatted(depot.request(name),
							depot.key(name).getFileName()),
					"Sign the request by itself: secure-grpc-certs issue, or choose another name.");
		}
		return pending;
	}

	private CertificateAuthority authority(Depot depot) {
		String name = this.where.authority();
		Issued issued = new Issued(depot, this.surroundings.err());
		PassphraseOrigin origin = this.passphrase.origin(this.surroundings);
		// the certificate is written last: without it, no creation was ever complete
		if (Files.exists(depot.certificate(name))) {
			CertificateAuthority authority = CertificateAuthority.open(depot.opening(origin), name,
					this.surroundings.clock());
			issued.say("Kept the authority", name, authority.certificate());
			return authority;
		}
		Depot keys = origin.isGiven() ? depot.encrypting(origin.choose(depot.key(name))) : depot;
		CertificateAuthority authority = CertificateAuthority.create(keys, AuthorityRequest.named(name),
				this.surroundings.clock());
		issued.say("Created the authority", name, authority.certificate());
		return authority;
	}

	private RevokedCertificates revoked(Depot depot, CertificateAuthority authority) {
		return new RevokedCertificates(depot, this.where.authority(), authority.certificate());
	}

	private void leaf(Depot depot, CertificateAuthority authority, LeafRequest request,
			Optional<SigningRequest> pending, List<SubjectAlternativeName> asked) {
		Issued issued = new Issued(depot, this.surroundings.err());
		Path file = depot.certificate(request.name());
		if (Files.notExists(file)) {
			issued.say("Issued", request.name(), this.leaf.issue(authority, depot, request, pending));
			return;
		}
		KeptLeaf kept = new KeptLeaf(request.name(), file, depot.read(request.name()).leaf());
		kept.requireIssuedBy(authority.certificate());
		kept.requireValid(this.surroundings.clock().instant());
		kept.requireUnrevoked(revoked(depot, authority));
		kept.requireNames(asked);
		issued.say("Kept", request.name(), kept.leaf());
	}

}
