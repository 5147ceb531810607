package io.github.securegrpc.certs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.certs.file.DepotDirectory;
import io.github.securegrpc.certs.file.FileRefusals;
import io.github.securegrpc.certs.file.StagedFile.Mode;
import io.github.securegrpc.certs.key.Passphrase;
import io.github.securegrpc.certs.key.PassphraseSource;
import io.github.securegrpc.certs.key.Pem;
import io.github.securegrpc.certs.key.PemFile;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;

/**
 * A directory of keys and certificates, as PEM: {@code <name>.key} (PKCS#8, for the owner
 * only) beside {@code <name>.csr} and {@code <name>.crt}, the layout of certstrap, where
 * spaces in a name become {@code _}. Each file appears complete or not at all, each write
 * removes what killed processes left half, and only {@link #replace(String, Identity)}
 * ever replaces a key. Immutable and safe for use by several threads and processes.
 *
 * @since 0.1.0
 */
public final class Depot {

	private final DepotDirectory directory;

	private final String certificateSuffix;

	private final PassphraseSource passphrases;

	private final @Nullable Passphrase encryption;

	private Depot(Path directory, String certificateSuffix) {
		this(new DepotDirectory(directory), certificateSuffix, PassphraseSource.NONE, null);
	}

	private Depot(DepotDirectory directory, String certificateSuffix, PassphraseSource passphrases,
			@Nullable Passphrase encryption) {
		this.directory = directory;
		this.certificateSuffix = certificateSuffix;
		this.passphrases = passphrases;
		this.encryption = encryption;
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
	 * Returns the same depot, in which encrypted keys are opened, also in the legacy
	 * encryption of OpenSSL that certstrap uses.
	 * @param passphrases finds the passphrase of a key
	 * @return the depot
	 */
	public Depot opening(PassphraseSource passphrases) {
		return new Depot(this.directory, this.certificateSuffix, passphrases, this.encryption);
	}

	/**
	 * Returns the same depot, in which new keys are encrypted and these are opened.
	 * @param passphrase the passphrase of every key
	 * @return the depot
	 */
	public Depot encrypting(Passphrase passphrase) {
		return new Depot(this.directory, this.certificateSuffix, (file) -> passphrase, passphrase);
	}

	/**
	 * Returns the directory.
	 * @return the directory, which need not exist
	 */
	public Path directory() {
		return this.directory.path();
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
	 * Returns the file of the request that a certificate was issued for.
	 * @param name the name of the pair
	 * @return the file, which need not exist
	 */
	public Path request(String name) {
		return file(name, ".csr");
	}

	/**
	 * Returns the file in which an authority lists what it has revoked.
	 * @param name the name of the authority
	 * @return the file, which need not exist
	 */
	public Path revocations(String name) {
		return file(name, ".crl");
	}

	/**
	 * Reads a key and its certificate.
	 * @param name the name of the pair
	 * @return both
	 * @throws RefusedException if one is missing or unreadable, or they do not belong
	 * together
	 */
	public Identity read(String name) {
		return pair(name).read(this.passphrases);
	}

	/**
	 * Reads the request for a certificate that is still to be issued, which another tool
	 * or an interruption has left.
	 * @param name the name of the pair
	 * @return the request, empty if there is none or if the certificate is there
	 * @throws RefusedException if it is malformed, its signature does not verify, or its
	 * key is not the one beside it
	 */
	public Optional<SigningRequest> pending(String name) {
		return pair(name).pending(this.passphrases);
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
		pair(name).replace(this.directory, identity, this.encryption);
	}

	/**
	 * Removes what interrupted writes left under temporary names, as every write does.
	 * @throws RefusedException if the directory cannot be written
	 */
	public void removeLeftovers() {
		this.directory.removeLeftovers();
	}

	/**
	 * Creates the directory if there is none, for the owner only.
	 * @throws RefusedException if it cannot be created, or others have a say in it
	 */
	public void createDirectory() {
		this.directory.create();
	}

	// An interruption leaves a key without its certificate: it is taken up
	KeyPair addKey(String name, KeyAlgorithm algorithm) {
		Path key = key(name);
		FileRefusals.existing(certificate(name));
		if (Files.exists(key)) {
			return pair(name).takeUp(algorithm, this.passphrases, this.encryption != null);
		}
		KeyPair keyPair = algorithm.generate();
		this.directory.add(key, Mode.SECRET, Pem.encode(keyPair.getPrivate(), this.encryption));
		return keyPair;
	}

	void addRequest(LeafRequest request, KeyPair keyPair) {
		this.directory.add(request(request.name()), Mode.READABLE, SigningRequest.encode(request, keyPair));
	}

	void addCertificate(String name, X509Certificate certificate) {
		this.directory.add(certificate(name), Mode.READABLE, Pem.encode(certificate));
	}

	X509Certificate readCertificate(String name) {
		return PemFile.certificate(certificate(name));
	}

	void replaceCertificate(String name, X509Certificate certificate) {
		this.directory.replace(certificate(name), Pem.encode(certificate));
	}

	void replaceIssued(String name, byte[] content) {
		this.directory.replace(issued(name), content);
	}

	void replaceRevocations(String name, X509CRL list) {
		// first what no other tool writes, so that no entry escapes
		this.directory.replace(revoked(name), Pem.encode(list));
		this.directory.replace(revocations(name), Pem.encode(list));
	}

	private DepotPair pair(String name) {
		return new DepotPair(key(name), request(name), certificate(name));
	}

	Path revoked(String name) {
		return file(name, ".revoked");
	}

	Path issued(String name) {
		return file(name, ".issued");
	}

	<T> T alone(Supplier<T> action) {
		return this.directory.alone(action);
	}

	private Path file(String name, String suffix) {
		return directory().resolve(NameSyntax.name(name).replace(' ', '_') + suffix);
	}

}
