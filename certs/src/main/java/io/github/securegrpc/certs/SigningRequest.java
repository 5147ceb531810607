package io.github.securegrpc.certs;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;

import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.certs.key.KeySigner;
import io.github.securegrpc.certs.key.Pem;
import io.github.securegrpc.certs.key.PemFile;
import io.github.securegrpc.material.RefusedException;

/**
 * A request for a leaf (PKCS#10, RFC 2986) whose signature was verified: whoever made it
 * has its private key. Only its key and its names count; what the leaf may be used for is
 * for the authority to say. Immutable.
 *
 * @since 0.1.0
 */
public final class SigningRequest {

	private final Path file;

	private final PublicKey publicKey;

	private final GeneralName[] names;

	private SigningRequest(Path file, PublicKey publicKey, GeneralName[] names) {
		this.file = file;
		this.publicKey = publicKey;
		this.names = names;
	}

	static SigningRequest read(Path file) {
		return of(file, PemFile.request(file));
	}

	static SigningRequest of(Path file, PKCS10CertificationRequest request) {
		String fault;
		try {
			PublicKey key = publicKey(request);
			if (key != null && request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
				return new SigningRequest(file, key, names(request));
			}
			fault = (key != null) ? "a request whose signature is not of its own key"
					: "a request for a key that does not decode as EC, RSA or Ed25519";
		}
		catch (OperatorCreationException | PKCSException | RuntimeException | StackOverflowError ex) {
			fault = "a request whose signature cannot be verified, or which does not decode";
		}
		throw refused(file, fault);
	}

	static byte[] encode(LeafRequest request, KeyPair keyPair) {
		try {
			ExtensionsGenerator extensions = new ExtensionsGenerator();
			extensions.addExtension(Extension.subjectAlternativeName, false, CertificateDraft.names(request));
			return Pem.encode(new PemObject("CERTIFICATE REQUEST",
					new JcaPKCS10CertificationRequestBuilder(AuthorityRequest.commonName(request.name()),
							keyPair.getPublic())
						.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
						.build(new KeySigner(keyPair.getPrivate()))
						.getEncoded()));
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot encode a request of our own", ex);
		}
	}

	/**
	 * Returns the names that are asked for, each only once.
	 * @return the names, empty if none is asked for
	 * @throws RefusedException if one of them is of a kind that is not issued here, or is
	 * not what it must look like
	 */
	public List<SubjectAlternativeName> sans() {
		List<SubjectAlternativeName> sans = new ArrayList<>();
		for (GeneralName name : this.names) {
			try {
				sans.add(SubjectAlternativeName.of(name));
			}
			catch (IllegalArgumentException ex) {
				throw new RefusedException("%s: asks for the name %s".formatted(this.file, ex.getMessage()),
						"Say the names yourself, or make the request again.");
			}
		}
		return sans.stream().distinct().toList();
	}

	/**
	 * Checks of which kind the key is.
	 * @param algorithm the kind it must be
	 * @throws RefusedException if it is of another
	 */
	public void requireKey(KeyAlgorithm algorithm) {
		if (!algorithm.describes(this.publicKey)) {
			throw new RefusedException(
					"%s: a request for another kind of key (expected: %s)".formatted(this.file, algorithm),
					"Ask for the kind of key that is there or for none, or choose another name.");
		}
	}

	PublicKey publicKey() {
		return this.publicKey;
	}

	Path file() {
		return this.file;
	}

	private static @Nullable PublicKey publicKey(PKCS10CertificationRequest request) {
		try {
			PublicKey key = new JcaPEMKeyConverter().getPublicKey(request.getSubjectPublicKeyInfo());
			return List.of("EC", "RSA", "EdDSA", "Ed25519").contains(key.getAlgorithm()) ? key : null;
		}
		catch (IOException | RuntimeException ex) {
			return null; // of an unknown kind
		}
	}

	private static GeneralName[] names(PKCS10CertificationRequest request) {
		Extensions extensions = request.getRequestedExtensions();
		GeneralNames names = (extensions != null)
				? GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName) : null;
		return (names != null) ? names.getNames() : new GeneralName[0];
	}

	private static RefusedException refused(Path file, String found) {
		return new RefusedException(
				"%s: %s (expected: a PKCS#10 request, signed with the key it is for)".formatted(file, found),
				"Make the request again, or remove it to have a new key made here.");
	}

	/**
	 * Returns the file that it was read from.
	 */
	@Override
	public String toString() {
		return "SigningRequest[%s]".formatted(this.file);
	}

}
