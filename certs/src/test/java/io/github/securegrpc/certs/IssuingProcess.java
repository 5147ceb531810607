package io.github.securegrpc.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

/**
 * An authority in a JVM of its own, which issues, renews and revokes until it is killed,
 * and writes down each step that it has done.
 */
public final class IssuingProcess {

	private IssuingProcess() {
	}

	/**
	 * Runs until it is killed.
	 * @param arguments the directory, the file of steps, and what the names begin with
	 * @throws IOException if the file of steps cannot be written
	 */
	public static void main(String[] arguments) throws IOException {
		Depot depot = Depot.certstrap(Path.of(arguments[0]));
		Path steps = Path.of(arguments[1]);
		CertificateAuthority authority = Files.exists(depot.certificate("CA"))
				? CertificateAuthority.open(depot, "CA", Clock.systemUTC())
				: CertificateAuthority.create(depot, AuthorityRequest.named("CA"), Clock.systemUTC());
		for (int i = 0; i < 10_000; i++) {
			String name = arguments[2] + i;
			authority.issueTo(depot, LeafRequest.client(name, SubjectAlternativeName.dns("client")));
			done(steps, "issued " + name);
			authority.renew(depot, name, null);
			done(steps, "renewed " + name);
			authority.revoke(depot, name, RevocationReason.SUPERSEDED);
			done(steps, "revoked " + name);
		}
	}

	private static void done(Path steps, String step) throws IOException {
		Files.writeString(steps, step + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND,
				StandardOpenOption.SYNC);
	}

}
