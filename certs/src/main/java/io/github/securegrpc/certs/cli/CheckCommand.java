package io.github.securegrpc.certs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.RevokedCertificates;
import io.github.securegrpc.certs.cli.report.HostCheck;
import io.github.securegrpc.certs.cli.report.Objections;
import io.github.securegrpc.certs.cli.report.PathCheck;
import io.github.securegrpc.certs.cli.report.RevocationCheck;
import io.github.securegrpc.certs.key.CertificateFile;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.check.MaterialCheck;
import io.github.securegrpc.material.check.MaterialCheck.Side;

/**
 * Answers whether a leaf may be used.
 */
@Command(name = "check", mixinStandardHelpOptions = true,
		description = "Answers whether a key belongs to its certificate, the chain reaches the authority, nothing is "
				+ "revoked, and it may serve a name: for a leaf of the depot, or for the files given.")
final class CheckCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Parameters(paramLabel = "NAME", arity = "0..1", description = "Name of a leaf of the depot.")
	private @Nullable String leaf;

	@Option(names = "--cert", paramLabel = "FILE", description = "The certificates, leaf first.")
	private @Nullable Path cert;

	@Option(names = "--key", paramLabel = "FILE", description = "The private key.")
	private @Nullable Path key;

	@Option(names = "--ca-file", paramLabel = "FILE", description = "The certificates of the authority.")
	private @Nullable Path caFile;

	@Option(names = "--crl-file", paramLabel = "FILE",
			description = "What the authority has revoked; lists of others may be there too.")
	private @Nullable Path crlFile;

	@Option(names = "--name", paramLabel = "HOST", description = "The name or address that clients dial.")
	private @Nullable String name;

	@Option(names = "--for", paramLabel = "SIDE",
			description = "Which side presents it: ${COMPLETION-CANDIDATES}. " + "Default: what it says itself")
	private @Nullable Side side;

	@Mixin
	private DepotOptions where = new DepotOptions();

	@Mixin
	private PassphraseOptions passphrase = new PassphraseOptions();

	private @Nullable RevokedCertificates revoked;

	private final Answers answers;

	CheckCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
		this.answers = new Answers(surroundings.out());
	}

	@Override
	public Integer call() {
		takeFromDepot();
		Path certificate = this.cert;
		if (certificate == null) {
			throw new IllegalArgumentException("NAME and --cert: neither given (expected: one of them)");
		}
		List<X509Certificate> chain = read(certificate).certificates();
		if (chain.isEmpty()) {
			throw new RefusedException("%s: no certificate (expected: the leaf first)".formatted(certificate),
					"Name the file with the certificate.");
		}
		String from = certificate.toString();
		if (this.key != null) {
			checkKey(this.key, chain, from);
		}
		for (Side presented : (this.side != null) ? List.of(this.side) : Objections.sidesOf(chain.get(0))) {
			this.answers.add("fit for a " + presented.name().toLowerCase(Locale.ROOT),
					new Objections(this.surroundings.clock()).to(chain, from, presented));
		}
		checkPath(chain);
		if (this.name != null) {
			String host = this.name;
			this.answers.add("serves " + host, () -> new HostCheck(host).serves(chain.get(0), from));
		}
		return this.answers.exitCode();
	}

	private void takeFromDepot() {
		if (this.leaf == null) {
			return;
		}
		Depot depot = this.where.depot();
		this.cert = (this.cert != null) ? this.cert : depot.certificate(this.leaf);
		this.key = (this.key != null) ? this.key : depot.key(this.leaf);
		this.caFile = (this.caFile != null) ? this.caFile : depot.certificate(this.where.authority());
		Path list = depot.revocations(this.where.authority());
		if (this.crlFile == null) {
			this.crlFile = Files.exists(list) ? list : null;
			this.revoked = Files.exists(depot.certificate(this.where.authority()))
					? RevokedCertificates.of(depot, this.where.authority()) : null;
		}
	}

	private void checkKey(Path file, List<X509Certificate> chain, String from) {
		CertificateFile content = read(file);
		if (content.keys().size() != 1) {
			throw new RefusedException("%s: %d private keys (expected: one)".formatted(file, content.keys().size()),
					"Name the file with the private key.");
		}
		this.answers.add("key is one that an application reads", content.objections());
		PrivateKey privateKey = content.keys().get(0).open(this.passphrase.origin(this.surroundings));
		MaterialCheck check = new MaterialCheck(Side.CLIENT, this.surroundings.clock());
		List<RefusedException> all = check.objections(new Identity(privateKey, chain), from, file.toString());
		int ofTheChain = check.objections(chain, from).size();
		this.answers.add("key belongs to the certificate", all.subList(0, all.size() - ofTheChain));
	}

	private void checkPath(List<X509Certificate> chain) {
		if (this.caFile == null) {
			return;
		}
		Path authorities = this.caFile;
		PathCheck path = new PathCheck(read(authorities).certificates(), authorities.toString(),
				this.surroundings.clock().instant());
		this.answers.add("reaches " + authorities, () -> path.reaches(chain));
		if (this.crlFile != null) {
			Path list = this.crlFile;
			RevocationCheck revocations = new RevocationCheck(read(list).revocations(), list.toString(),
					this.surroundings.clock().instant());
			this.answers.add("not revoked by " + list, () -> {
				revocations.notRevoked(chain, path.anchors());
				requireListed(chain.get(0), list);
			});
		}
		else if (this.revoked != null && !this.revoked.isEmpty()) {
			Path list = this.revoked.depot().revocations(this.revoked.name());
			this.answers.add("not revoked", () -> requireListed(chain.get(0), list));
		}
	}

	// another tool may have written the list anew
	private void requireListed(X509Certificate leaf, Path list) {
		if (this.revoked != null && this.revoked.missing().contains(leaf.getSerialNumber())) {
			throw new RefusedException(
					"%s: lacks %s, which was revoked here (expected: all that was revoked)".formatted(list,
							leaf.getSubjectX500Principal()),
					"Issue the list anew: secure-grpc-certs revoke, without a name.");
		}
	}

	private CertificateFile read(Path file) {
		return CertificateFile.read(file, this.passphrase.origin(this.surroundings));
	}

}
