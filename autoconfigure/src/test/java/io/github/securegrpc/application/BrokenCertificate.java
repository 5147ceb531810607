package io.github.securegrpc.application;

import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Looks like a certificate to the client that presents it, and is none on the wire.
 */
final class BrokenCertificate extends X509Certificate {

	private static final long serialVersionUID = 1L;

	private final X509Certificate looks;

	private final byte[] encoded;

	BrokenCertificate(X509Certificate looks) {
		this(looks, new byte[] { 0x30, 0x03, 0x02, 0x01, 0x00 });
	}

	BrokenCertificate(X509Certificate looks, byte[] encoded) {
		this.looks = looks;
		this.encoded = encoded.clone();
	}

	@Override
	public byte[] getEncoded() {
		return this.encoded.clone();
	}

	@Override
	public PublicKey getPublicKey() {
		return this.looks.getPublicKey();
	}

	@Override
	public void checkValidity() {
	}

	@Override
	public void checkValidity(Date date) {
	}

	@Override
	public int getVersion() {
		return this.looks.getVersion();
	}

	@Override
	public BigInteger getSerialNumber() {
		return this.looks.getSerialNumber();
	}

	@Override
	@SuppressWarnings("deprecation")
	public Principal getIssuerDN() {
		return this.looks.getIssuerDN();
	}

	@Override
	@SuppressWarnings("deprecation")
	public Principal getSubjectDN() {
		return this.looks.getSubjectDN();
	}

	@Override
	public Date getNotBefore() {
		return this.looks.getNotBefore();
	}

	@Override
	public Date getNotAfter() {
		return this.looks.getNotAfter();
	}

	@Override
	public byte[] getTBSCertificate() {
		return getEncoded();
	}

	@Override
	public byte[] getSignature() {
		return this.looks.getSignature();
	}

	@Override
	public String getSigAlgName() {
		return this.looks.getSigAlgName();
	}

	@Override
	public String getSigAlgOID() {
		return this.looks.getSigAlgOID();
	}

	@Override
	public byte @Nullable [] getSigAlgParams() {
		return this.looks.getSigAlgParams();
	}

	@Override
	public boolean @Nullable [] getIssuerUniqueID() {
		return this.looks.getIssuerUniqueID();
	}

	@Override
	public boolean @Nullable [] getSubjectUniqueID() {
		return this.looks.getSubjectUniqueID();
	}

	@Override
	public boolean @Nullable [] getKeyUsage() {
		return this.looks.getKeyUsage();
	}

	@Override
	public int getBasicConstraints() {
		return this.looks.getBasicConstraints();
	}

	@Override
	public void verify(PublicKey key) {
	}

	@Override
	public void verify(PublicKey key, String provider) {
	}

	@Override
	public String toString() {
		return "BrokenCertificate";
	}

	@Override
	public boolean hasUnsupportedCriticalExtension() {
		return false;
	}

	@Override
	public Set<String> getCriticalExtensionOIDs() {
		return Set.of();
	}

	@Override
	public Set<String> getNonCriticalExtensionOIDs() {
		return Set.of();
	}

	@Override
	public byte @Nullable [] getExtensionValue(String oid) {
		return null;
	}

}
