package io.github.securegrpc.sample.signer;

import java.nio.file.Path;
import java.time.Clock;

import io.github.securegrpc.certs.AuthorityRequest;
import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.LeafRequest;
import io.github.securegrpc.certs.SubjectAlternativeName;

/**
 * How the signer is started in tests: with certificates of a CA that also made those of
 * its validator, {@code client}, and of somebody else, {@code other}.
 */
final class Signers {

	static final LeafRequest SERVER = LeafRequest.server("server", SubjectAlternativeName.dns("localhost"));

	private Signers() {
	}

	static CertificateAuthority issue(Path directory) {
		Depot depot = depot(directory);
		CertificateAuthority authority = CertificateAuthority.create(depot, AuthorityRequest.named("ca"),
				Clock.systemUTC());
		authority.issueTo(depot, SERVER);
		authority.issueTo(depot, LeafRequest.client("client", SubjectAlternativeName.dns("client")));
		authority.issueTo(depot, LeafRequest.client("other", SubjectAlternativeName.dns("other")));
		return authority;
	}

	static Depot depot(Path directory) {
		return Depot.pem(directory.resolve("pki"));
	}

	static String[] arguments(Path directory, int port) {
		Depot depot = depot(directory);
		return new String[] { "--spring.profiles.active=signer", "--grpc.server.port=" + port, "--server.port=0",
				"--secure-grpc.dev-ca.enabled=false", "--secure-grpc.reload.enabled=false",
				"--secure-grpc.server.cert=" + depot.certificate("server"),
				"--secure-grpc.server.key=" + depot.key("server"), "--secure-grpc.server.ca=" + depot.certificate("ca"),
				"--sample.signer.key-file=" + directory.resolve("key.json"),
				"--sample.signer.state-file=" + directory.resolve("state.json") };
	}

}
