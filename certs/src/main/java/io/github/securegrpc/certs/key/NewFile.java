package io.github.securegrpc.certs.key;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.certs.file.DepotDirectory;
import io.github.securegrpc.certs.file.FileRefusals;
import io.github.securegrpc.certs.file.StagedFile.Mode;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;

/**
 * A file that is to be written: complete or not at all, and never over another.
 *
 * @param path where it will be
 * @since 0.1.0
 */
public record NewFile(Path path) {

	/**
	 * Writes a private key, for the owner only.
	 * @param key the key
	 * @param encoding how to write it
	 * @param passphrase what to encrypt it with, or {@code null}
	 * @throws RefusedException if the file exists, cannot be written, or cannot hold such
	 * a key
	 */
	public void writeKey(PrivateKey key, KeyEncoding encoding, @Nullable Passphrase passphrase) {
		write(Mode.SECRET, encoding.encode(key, passphrase));
	}

	/**
	 * Writes a text that everybody may read.
	 * @param text the text
	 * @throws RefusedException if the file exists or cannot be written
	 */
	public void writeText(String text) {
		write(Mode.READABLE, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Writes certificates as PEM, in their order.
	 * @param certificates the certificates
	 * @throws RefusedException if the file exists or cannot be written
	 */
	public void writeCertificates(List<X509Certificate> certificates) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		certificates.stream().map(Pem::encode).forEach(content::writeBytes);
		write(Mode.READABLE, content.toByteArray());
	}

	/**
	 * Writes a PKCS#12 key store with one entry, for the owner only.
	 * @param identity the key and its chain
	 * @param alias the name of the entry
	 * @param passphrase what to encrypt all of it with
	 * @throws RefusedException if the file exists or cannot be written, or the key does
	 * not belong to the first certificate
	 */
	public void writePkcs12(Identity identity, String alias, Passphrase passphrase) {
		if (!PublicKeys.match(identity.privateKey(), identity.leaf().getPublicKey())) {
			throw new RefusedException(
					"%s: not written, the key does not belong to %s (expected: its private key)".formatted(this.path,
							identity.leaf().getSubjectX500Principal()),
					"Name the leaf of the key first, then its issuers.");
		}
		writeStore(passphrase, (store) -> store.setKeyEntry(alias, identity.privateKey(), passphrase.characters(),
				identity.chain().toArray(Certificate[]::new)), Mode.SECRET);
	}

	/**
	 * Writes a PKCS#12 trust store, which every JVM and keytool read: each certificate is
	 * an entry that is trusted. No secret is in it.
	 * @param anchors the certificates of authorities, at least one
	 * @param alias the name of the first entry; that of the others has a number
	 * @param passphrase what keeps it from being changed unnoticed
	 * @throws RefusedException if the file exists or cannot be written, or a certificate
	 * is not that of an authority
	 */
	public void writeTrustStore(List<X509Certificate> anchors, String alias, Passphrase passphrase) {
		anchors.forEach(this::requireAuthority);
		writeStore(passphrase, (store) -> {
			for (int i = 0; i < anchors.size(); i++) {
				store.setCertificateEntry((i == 0) ? alias : alias + "-" + (i + 1), anchors.get(i));
			}
		}, Mode.READABLE);
	}

	private void requireAuthority(X509Certificate certificate) {
		if (certificate.getBasicConstraints() < 0) {
			throw new RefusedException(
					"%s: not written, %s is not an authority (expected: certificates of authorities, which issue what is trusted)"
						.formatted(this.path, certificate.getSubjectX500Principal()),
					"Name the certificate of the authority that issued it.");
		}
	}

	private void writeStore(Passphrase passphrase, Entries entries, Mode mode) {
		if (!passphrase.isAscii()) {
			throw new RefusedException(
					"%s: not written, a passphrase beyond ASCII (expected: printable ASCII, all that Java opens a PKCS#12 key store with)"
						.formatted(this.path),
					"Choose another passphrase.");
		}
		try {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(null, null);
			entries.addTo(store);
			ByteArrayOutputStream content = new ByteArrayOutputStream();
			store.store(content, passphrase.characters());
			write(mode, content.toByteArray());
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException("Cannot write a key store to memory", ex);
		}
	}

	/**
	 * Checks that nothing is there yet.
	 * @throws RefusedException if the file exists
	 */
	public void requireAbsent() {
		FileRefusals.existing(this.path);
	}

	private void write(Mode mode, byte[] content) {
		Path directory = this.path.toAbsolutePath().getParent();
		if (directory == null) {
			throw new RefusedException("%s: no file (expected: the name of a new file)".formatted(this.path),
					"Name a file.");
		}
		try {
			new DepotDirectory(directory).addOne(this.path, mode, content);
		}
		catch (IOException ex) {
			requireAbsent();
			throw FileRefusals.unwritable(directory, ex);
		}
	}

	/**
	 * What a key store is to hold.
	 */
	@FunctionalInterface
	private interface Entries {

		void addTo(KeyStore store) throws KeyStoreException;

	}

}
