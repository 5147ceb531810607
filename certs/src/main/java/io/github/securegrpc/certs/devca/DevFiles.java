package io.github.securegrpc.certs.devca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

import javax.security.auth.x500.X500Principal;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.file.FileFault;
import io.github.securegrpc.certs.file.PrivateFile;
import io.github.securegrpc.certs.key.CertificateFile;
import io.github.securegrpc.certs.key.NewFile;
import io.github.securegrpc.certs.key.PassphraseSource;
import io.github.securegrpc.material.RefusedException;

/**
 * The files of the dev CA, which it writes anew and again, in a directory that may hold
 * others: what it has not made it does not touch, and what others may have read it does
 * not use. Certificates are known by their issuer; what is broken, or a key alone, only
 * by the authority beside it.
 *
 * @param depot where they are kept
 */
record DevFiles(Depot depot) {

	static final String AUTHORITY = "ca";

	static final X500Principal ISSUER = new X500Principal("CN=secure-grpc dev CA");

	/**
	 * Refuses files that the dev CA has not made, under the names it would write.
	 */
	void requireOurs() {
		boolean atHome = Files.exists(this.depot.certificate(AUTHORITY));
		for (String name : List.of(AUTHORITY, DevLeaf.SERVER.fileName(), DevLeaf.CLIENT.fileName())) {
			Path certificate = this.depot.certificate(name);
			if (Files.exists(certificate)) {
				X500Principal issuer = issuer(certificate);
				if ((issuer != null) ? !issuer.equals(ISSUER) : !atHome) {
					throw foreign(certificate);
				}
			}
			else if (!atHome && !name.equals(AUTHORITY) && Files.exists(this.depot.key(name))) {
				throw foreign(this.depot.key(name));
			}
			new PrivateFile(this.depot.key(name)).check();
		}
	}

	/**
	 * Keeps the directory out of version control, unless something is there already that
	 * belongs into it.
	 */
	void ignoreIfNew() {
		NewFile ignore = new NewFile(this.depot.directory().resolve(".gitignore"));
		try (Stream<Path> files = Files.list(this.depot.directory())) {
			if (files.allMatch((file) -> file.endsWith(".lock"))) {
				ignore.writeText("*\n");
			}
		}
		catch (IOException ex) {
			FileFault fault = new FileFault(this.depot.directory(), ex);
			throw new RefusedException(
					"%s: %s (expected: the directory of the dev CA)".formatted(this.depot.directory(), fault.found()),
					fault.action(), ex);
		}
	}

	private static @Nullable X500Principal issuer(Path file) {
		try {
			List<X509Certificate> certificates = CertificateFile.read(file, PassphraseSource.NONE).certificates();
			return certificates.isEmpty() ? null : certificates.get(0).getIssuerX500Principal();
		}
		catch (RefusedException ex) {
			return null;
		}
	}

	private static RefusedException foreign(Path file) {
		return new RefusedException(
				"%s: not of the dev CA, which would write there (expected: no such file, or one of '%s')"
					.formatted(file, ISSUER),
				"Move the file elsewhere, or set secure-grpc.dev-ca.directory to a directory of its own.");
	}

}
