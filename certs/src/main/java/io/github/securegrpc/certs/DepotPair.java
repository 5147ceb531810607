package io.github.securegrpc.certs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.certs.file.DepotDirectory;
import io.github.securegrpc.certs.file.PrivateFile;
import io.github.securegrpc.certs.file.StagedFile;
import io.github.securegrpc.certs.file.StagedFile.Mode;
import io.github.securegrpc.certs.key.Passphrase;
import io.github.securegrpc.certs.key.PassphraseSource;
import io.github.securegrpc.certs.key.Pem;
import io.github.securegrpc.certs.key.PemFile;
import io.github.securegrpc.certs.key.PublicKeys;
import io.github.securegrpc.certs.key.StoredKey;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;

/**
 * What a {@link Depot} holds under one name, as far as it is there.
 *
 * @param key the private key
 * @param request what the certificate was asked for with
 * @param certificate the certificate, which is written last
 */
record DepotPair(Path key, Path request, Path certificate) {

	Identity read(PassphraseSource passphrases) {
		DepotRefusals.missing(this.key, this.certificate);
		new PrivateFile(this.key).check();
		PrivateKey privateKey = PemFile.privateKey(this.key, passphrases);
		X509Certificate leaf = PemFile.certificate(this.certificate);
		if (!PublicKeys.match(privateKey, leaf.getPublicKey())) {
			throw new RefusedException("%s: a key that does not belong to %s (expected: its private key)"
				.formatted(this.key, this.certificate.getFileName()), "Restore the two files that were made together.");
		}
		return new Identity(privateKey, List.of(leaf));
	}

	// the key may be elsewhere, with whoever asks
	Optional<SigningRequest> pending(PassphraseSource passphrases) {
		if (Files.notExists(this.request) || Files.exists(this.certificate)) {
			return Optional.empty();
		}
		SigningRequest pending = SigningRequest.read(this.request);
		if (Files.exists(this.key)
				&& !PublicKeys.match(PemFile.privateKey(this.key, passphrases), pending.publicKey())) {
			throw new RefusedException(
					"%s: a request for another key than %s (expected: for that one)".formatted(this.request,
							this.key.getFileName()),
					"Restore the two files that were made together, or make the request again with that key.");
		}
		return Optional.of(pending);
	}

	// an interruption leaves a key without what comes after it
	KeyPair takeUp(KeyAlgorithm algorithm, PassphraseSource passphrases, boolean encrypted) {
		new PrivateFile(this.key).check();
		StoredKey stored = PemFile.key(this.key);
		if (encrypted && !stored.isEncrypted()) {
			throw DepotRefusals.inTheClear(this.key);
		}
		PrivateKey privateKey = stored.open(passphrases);
		PublicKey publicKey = PublicKeys.of(privateKey);
		if (!algorithm.describes(publicKey)) {
			throw new RefusedException(
					"%s: exists, and is another kind of key (expected: %s, or no file)".formatted(this.key, algorithm),
					"Ask for the kind of key that is there, or choose another name.");
		}
		return new KeyPair(publicKey, privateKey);
	}

	void replace(DepotDirectory directory, Identity identity, @Nullable Passphrase encryption) {
		directory.write(() -> {
			StagedFile newKey = StagedFile.write(this.key, Mode.SECRET, Pem.encode(identity.privateKey(), encryption));
			StagedFile newCertificate = StagedFile.write(this.certificate, Mode.READABLE, Pem.encode(identity.leaf()));
			// a certificate says whose it is, a key alone does not
			newCertificate.replace();
			newKey.replace();
		});
	}

}
