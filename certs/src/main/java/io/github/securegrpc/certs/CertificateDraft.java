package io.github.securegrpc.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;

import javax.security.auth.x500.X500Principal;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;

import io.github.securegrpc.certs.key.KeySigner;

/**
 * A certificate with all its extensions (RFC 5280), not signed yet.
 */
final class CertificateDraft {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final int SERIAL_BITS = 128;

	private final X509v3CertificateBuilder builder;

	private CertificateDraft(X509v3CertificateBuilder builder) {
		this.builder = builder;
	}

	static CertificateDraft authority(X500Principal subject, PublicKey key, ValidityPeriod validity) {
		CertificateDraft draft = new CertificateDraft(new JcaX509v3CertificateBuilder(subject, serial(),
				Date.from(validity.notBefore()), Date.from(validity.notAfter()), subject, key));
		draft.critical(Extension.basicConstraints, new BasicConstraints(0));
		draft.critical(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
		draft.extension(Extension.subjectKeyIdentifier, identifiers().createSubjectKeyIdentifier(key));
		draft.extension(Extension.authorityKeyIdentifier, identifiers().createAuthorityKeyIdentifier(key));
		return draft;
	}

	static CertificateDraft leaf(LeafRequest request, PublicKey key, ValidityPeriod validity, X509Certificate issuer) {
		CertificateDraft draft = new CertificateDraft(
				new JcaX509v3CertificateBuilder(issuer, serial(), Date.from(validity.notBefore()),
						Date.from(validity.notAfter()), AuthorityRequest.commonName(request.name()), key));
		draft.critical(Extension.basicConstraints, new BasicConstraints(false));
		// TLS 1.2 without forward secrecy encrypts to the RSA key; ECDSA and Ed25519 sign
		draft.critical(Extension.keyUsage, new KeyUsage("RSA".equals(key.getAlgorithm())
				? KeyUsage.digitalSignature | KeyUsage.keyEncipherment : KeyUsage.digitalSignature));
		draft.extension(Extension.extendedKeyUsage, new ExtendedKeyUsage(
				request.purposes().stream().sorted().map(Purpose::id).toArray(KeyPurposeId[]::new)));
		draft.extension(Extension.subjectAlternativeName, names(request));
		draft.extension(Extension.subjectKeyIdentifier, identifiers().createSubjectKeyIdentifier(key));
		draft.extension(Extension.authorityKeyIdentifier, keyIdentifierOf(issuer));
		return draft;
	}

	static GeneralNames names(LeafRequest request) {
		return new GeneralNames(
				request.sans().stream().map(SubjectAlternativeName::generalName).toArray(GeneralName[]::new));
	}

	/*
	 * Says again what a leaf says, for the same key: what it may be used for, and all its
	 * names, also those of kinds that are not issued here.
	 */
	static CertificateDraft renewal(X509Certificate leaf, ValidityPeriod validity, X509Certificate issuer) {
		CertificateDraft draft = new CertificateDraft(
				new JcaX509v3CertificateBuilder(issuer, serial(), Date.from(validity.notBefore()),
						Date.from(validity.notAfter()), leaf.getSubjectX500Principal(), leaf.getPublicKey()));
		draft.critical(Extension.basicConstraints, new BasicConstraints(false));
		for (ASN1ObjectIdentifier id : List.of(Extension.keyUsage, Extension.extendedKeyUsage,
				Extension.subjectAlternativeName)) {
			byte[] value = leaf.getExtensionValue(id.getId());
			if (value != null) {
				boolean critical = leaf.getCriticalExtensionOIDs().contains(id.getId());
				draft.extension(new ExtensionId(id, critical), decoded(value));
			}
		}
		draft.extension(Extension.subjectKeyIdentifier, identifiers().createSubjectKeyIdentifier(leaf.getPublicKey()));
		draft.extension(Extension.authorityKeyIdentifier, keyIdentifierOf(issuer));
		return draft;
	}

	X509Certificate sign(PrivateKey key) {
		try {
			return new JcaX509CertificateConverter().getCertificate(this.builder.build(new KeySigner(key)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Cannot decode a certificate of our own", ex);
		}
	}

	private void critical(ASN1ObjectIdentifier id, ASN1Encodable value) {
		extension(new ExtensionId(id, true), value);
	}

	private void extension(ASN1ObjectIdentifier id, ASN1Encodable value) {
		extension(new ExtensionId(id, false), value);
	}

	private void extension(ExtensionId id, ASN1Encodable value) {
		try {
			this.builder.addExtension(id.id(), id.critical(), value);
		}
		catch (CertIOException ex) {
			throw new IllegalStateException("Cannot encode extension " + id.id(), ex);
		}
	}

	// An authority from elsewhere may have made its key identifier in another way
	static AuthorityKeyIdentifier keyIdentifierOf(X509Certificate issuer) {
		byte[] extension = issuer.getExtensionValue(Extension.subjectKeyIdentifier.getId());
		if (extension == null) {
			return identifiers().createAuthorityKeyIdentifier(issuer.getPublicKey());
		}
		byte[] identifier = ASN1OctetString.getInstance(extension).getOctets();
		return new AuthorityKeyIdentifier(ASN1OctetString.getInstance(identifier).getOctets());
	}

	private static ASN1Encodable decoded(byte[] extension) {
		try {
			return ASN1Primitive.fromByteArray(ASN1OctetString.getInstance(extension).getOctets());
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot decode an extension of a decoded certificate", ex);
		}
	}

	private static BigInteger serial() {
		return new BigInteger(SERIAL_BITS, RANDOM).max(BigInteger.ONE);
	}

	private static JcaX509ExtensionUtils identifiers() {
		try {
			return new JcaX509ExtensionUtils();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("SHA-1 for key identifiers is required of every Java platform", ex);
		}
	}

	private record ExtensionId(ASN1ObjectIdentifier id, boolean critical) {
	}

}
