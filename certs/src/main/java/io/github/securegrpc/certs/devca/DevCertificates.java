package io.github.securegrpc.certs.devca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import io.github.securegrpc.certs.AuthorityRequest;
import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.file.DirectoryLock;
import io.github.securegrpc.material.FallbackMaterial;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsMaterialSource;

/**
 * An authority for development and its two leaves, kept in a directory so that any tool
 * can join: {@code ca.pem}, {@code server.pem} and {@code server.key}, {@code client.pem}
 * and {@code client.key}. The authority survives restarts, and is never replaced; each
 * load of either side renews both leaves when they have reached two thirds of their life,
 * and issues anew what an interruption left half. Safe for use by several threads, and by
 * several processes with one directory.
 *
 * @since 0.1.0
 */
public final class DevCertificates implements FallbackMaterial {

	private static final AuthorityRequest AUTHORITY_REQUEST = AuthorityRequest.named(DevFiles.AUTHORITY)
		.withSubject(DevFiles.ISSUER);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Path directory;

	private final Duration validity;

	private final Clock clock;

	private final Depot depot;

	private final DirectoryLock lock;

	/**
	 * Creates the engine. Nothing is read or written before the first load.
	 * @param directory where authority and leaves are kept
	 * @param validity how long a leaf is valid
	 * @param clock the time
	 * @throws IllegalArgumentException if no leaf can be valid that long
	 */
	public DevCertificates(Path directory, Duration validity, Clock clock) {
		this.directory = directory;
		this.validity = DevLeaf.CLIENT.request(validity).validity();
		this.clock = clock;
		this.depot = Depot.pem(directory);
		this.lock = new DirectoryLock(directory, PATIENCE);
	}

	@Override
	public TlsMaterialSource server() {
		return new DevMaterialSource(this, DevLeaf.SERVER);
	}

	@Override
	public TlsMaterialSource client() {
		return new DevMaterialSource(this, DevLeaf.CLIENT);
	}

	DevMaterial load() {
		createDirectory();
		return this.lock.alone(() -> {
			this.depot.removeLeftovers();
			DevFiles files = new DevFiles(this.depot);
			files.requireOurs();
			files.ignoreIfNew();
			CertificateAuthority authority = authority();
			Map<DevLeaf, Identity> identities = new EnumMap<>(DevLeaf.class);
			for (DevLeaf leaf : DevLeaf.values()) {
				identities.put(leaf, identity(leaf, authority));
			}
			return new DevMaterial(identities, authority.certificate());
		});
	}

	Path directory() {
		return this.directory;
	}

	private void createDirectory() {
		try {
			this.depot.createDirectory();
		}
		catch (RefusedException ex) {
			throw new RefusedException("secure-grpc.dev-ca.directory: %s".formatted(ex.getMessage()), ex.action(), ex);
		}
	}

	private CertificateAuthority authority() {
		try {
			// the certificate is written last: without it, no creation was ever complete
			CertificateAuthority authority = Files.exists(this.depot.certificate(DevFiles.AUTHORITY))
					? CertificateAuthority.open(this.depot, DevFiles.AUTHORITY, this.clock)
					: CertificateAuthority.create(this.depot, AUTHORITY_REQUEST, this.clock);
			authority.requireValid();
			return authority;
		}
		catch (RefusedException ex) {
			if (ex.getCause() instanceof IOException) {
				throw ex;
			}
			throw new RefusedException("dev CA in %s: %s".formatted(this.directory, ex.getMessage()),
					("Delete %s and ca.key beside it: the next start makes a new authority, whose ca.pem every other "
							+ "tool then needs.")
						.formatted(this.depot.certificate(DevFiles.AUTHORITY)),
					ex);
		}
	}

	private Identity identity(DevLeaf leaf, CertificateAuthority authority) {
		try {
			Identity kept = this.depot.read(leaf.fileName());
			if (leaf.accepts(kept.leaf(), authority.certificate(), this.clock.instant())) {
				return kept;
			}
		}
		catch (RefusedException ex) {
			// missing, half or broken: issued anew below
		}
		Identity issued = authority.issue(leaf.request(this.validity));
		this.depot.replace(leaf.fileName(), issued);
		return issued;
	}

	@Override
	public String toString() {
		return "dev CA in %s (secure-grpc.dev-ca)".formatted(this.directory);
	}

}
