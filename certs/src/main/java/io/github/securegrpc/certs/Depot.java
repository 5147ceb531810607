package io.github.securegrpc.certs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;

import io.github.securegrpc.certs.StagedFile.Mode;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;

/**
 * A directory of keys and certificates, as PEM: {@code <name>.key} (PKCS#8, for the owner
 * only) beside {@code <name>.crt}, the layout of certstrap, where spaces in a name become
 * {@code _}. Each file appears complete or not at all, and only
 * {@link #replace(String, Identity)} ever replaces one. Immutable and safe for use by
 * several threads and processes.
 *
 * @since 0.1.0
 */
public final class Depot {

	private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

	private final Path directory;

	private final String certificateSuffix;

	private Depot(Path directory, String certificateSuffix) {
		this.directory = directory;
		this.certificateSuffix = certificateSuffix;
	}

	/**
	 * Returns a depot whose certificates are named {@code .crt}, as certstrap does. The
	 * directory is created, for the owner only, when something is first kept.
	 * @param directory the directory
	 * @return the depot
	 */
	public static Depot certstrap(Path directory) {
		return new Depot(directory, ".crt");
	}

	/**
	 * Returns a depot whose certificates are named {@code .pem}.
	 * @param directory the directory
	 * @return the depot
	 */
	public static Depot pem(Path directory) {
		return new Depot(directory, ".pem");
	}

	/**
	 * Returns the file of a private key.
	 * @param name the name of the pair
	 * @return the file, which need not exist
	 */
	public Path key(String name) {
		return file(name, ".key");
	}

	/**
	 * Returns the file of a certificate.
	 * @param name the name of the pair
	 * @return the file, which need not exist
	 */
	public Path certificate(String name) {
		return file(name, this.certificateSuffix);
	}

	/**
	 * Reads a key and its certificate.
	 * @param name the name of the pair
	 * @return both
	 * @throws RefusedException if one is missing or unreadable, or they do not belong
	 * together
	 */
	public Identity read(String name) {
		Path key = key(name);
		Path certificate = certificate(name);
		refuseMissing(key, certificate);
		PrivateKey privateKey = PemFile.privateKey(key);
		X509Certificate leaf = PemFile.certificate(certificate);
		if (!PublicKeys.match(privateKey, leaf)) {
			throw new RefusedException("%s: a key that does not belong to %s (expected: its private key)".formatted(key,
					certificate.getFileName()), "Restore the two files that were made together.");
		}
		return new Identity(privateKey, List.of(leaf));
	}

	/**
	 * Keeps a key and its certificate in place of what is there. Both are complete on the
	 * disk before either is put in place, and then follow each other at once: a reader
	 * who finds two that do not belong together reads again.
	 * @param name the name of the pair
	 * @param identity the key and its leaf
	 * @throws RefusedException if the directory cannot be written
	 */
	public void replace(String name, Identity identity) {
		Path key = key(name);
		Path certificate = certificate(name);
		createDirectory();
		try {
			StagedFile newKey = StagedFile.write(key, Mode.SECRET, Pem.encode(identity.privateKey()));
			StagedFile newCertificate = StagedFile.write(certificate, Mode.READABLE, Pem.encode(identity.leaf()));
			newKey.replace();
			newCertificate.replace();
		}
		catch (IOException ex) {
			throw unwritable(ex);
		}
	}

	/**
	 * Removes what interrupted writes left under temporary names. Not for use while
	 * another process may be writing.
	 * @throws RefusedException if the directory cannot be written
	 */
	public void removeLeftovers() {
		try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(this.directory, ".*" + StagedFile.SUFFIX)) {
			for (Path leftover : leftovers) {
				Files.deleteIfExists(leftover);
			}
		}
		catch (IOException ex) {
			throw unwritable(ex);
		}
	}

	/**
	 * Creates the directory if there is none, for the owner only.
	 * @throws RefusedException if it cannot be created
	 */
	public void createDirectory() {
		try {
			// also a link to a directory is one, which createDirectories would refuse
			if (!Files.isDirectory(this.directory)) {
				Files.createDirectories(this.directory, StagedFile.isPosix(this.directory)
						? new FileAttribute<?>[] { OWNER_ONLY } : new FileAttribute<?>[0]);
			}
		}
		catch (IOException ex) {
			throw unwritable(ex);
		}
	}

	// An interruption leaves a key without its certificate: it is taken up
	KeyPair addKey(String name, KeyAlgorithm algorithm) {
		Path key = key(name);
		refuseExisting(certificate(name));
		if (Files.exists(key)) {
			return takeUp(key, algorithm);
		}
		KeyPair keyPair = algorithm.generate();
		add(key, Mode.SECRET, Pem.encode(keyPair.getPrivate()));
		return keyPair;
	}

	void addCertificate(String name, X509Certificate certificate) {
		add(certificate(name), Mode.READABLE, Pem.encode(certificate));
	}

	private static KeyPair takeUp(Path key, KeyAlgorithm algorithm) {
		PrivateKey privateKey = PemFile.privateKey(key);
		PublicKey publicKey = PublicKeys.of(privateKey);
		if (!algorithm.describes(publicKey)) {
			throw new RefusedException(
					"%s: exists, and is another kind of key (expected: %s, or no file)".formatted(key, algorithm),
					"Ask for the kind of key that is there, or choose another name.");
		}
		return new KeyPair(publicKey, privateKey);
	}

	private void add(Path file, Mode mode, byte[] content) {
		createDirectory();
		try {
			StagedFile.write(file, mode, content).create();
		}
		catch (FileAlreadyExistsException ex) {
			refuseExisting(file);
			throw unwritable(ex);
		}
		catch (IOException ex) {
			throw unwritable(ex);
		}
	}

	private Path file(String name, String suffix) {
		return this.directory.resolve(NameSyntax.name(name).replace(' ', '_') + suffix);
	}

	private static void refuseMissing(Path key, Path certificate) {
		if (Files.notExists(key) && Files.notExists(certificate)) {
			throw new RefusedException("%s: missing, and so is %s (expected: a private key and its certificate)"
				.formatted(key, certificate.getFileName()), "Create the pair first, or name another directory.");
		}
		if (Files.notExists(key)) {
			throw new RefusedException(
					"%s: missing (expected: the private key of %s)".formatted(key, certificate.getFileName()),
					"Restore the key from a backup; without it the certificate is of no use here.");
		}
		if (Files.notExists(certificate)) {
			throw new RefusedException(
					"%s: missing (expected: the certificate of %s)".formatted(certificate, key.getFileName()),
					"Create the pair again under the same name; the key that is there is kept.");
		}
	}

	private static void refuseExisting(Path file) {
		if (Files.exists(file)) {
			throw new RefusedException("%s: exists (expected: no file of that name)".formatted(file),
					"Open what is there, or choose another name or directory.");
		}
	}

	private RefusedException unwritable(IOException ex) {
		return new RefusedException(
				"%s: cannot be written, %s (expected: a directory for keys and certificates)".formatted(this.directory,
						reason(ex)),
				"Make room, and make the directory writable for the user of this " + "process.", ex);
	}

	// not the name of a temporary file, which is another one each time
	private static String reason(IOException ex) {
		if (ex instanceof FileSystemException file) {
			String reason = (file.getReason() != null) ? file.getReason() : ex.getClass().getSimpleName();
			return (file.getOtherFile() != null) ? file.getOtherFile() + ": " + reason : reason;
		}
		return String.valueOf(ex.getMessage());
	}

}
