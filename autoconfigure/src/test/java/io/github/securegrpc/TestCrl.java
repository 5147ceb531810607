package io.github.securegrpc;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import javax.security.auth.x500.X500Principal;

import io.netty.pkitesting.X509Bundle;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A revocation list of one test, signed by its issuer's key.
 */
public final class TestCrl {

	private final X509Bundle signer;

	private final JcaX509v2CRLBuilder builder;

	private TestCrl(X500Principal name, X509Bundle signer, Instant thisUpdate, Instant nextUpdate) {
		this.signer = signer;
		this.builder = new JcaX509v2CRLBuilder(name, Date.from(thisUpdate));
		this.builder.setNextUpdate(Date.from(nextUpdate));
	}

	public static TestCrl of(X509Bundle issuer) {
		return until(issuer, Instant.now().plus(Duration.ofDays(1)));
	}

	public static TestCrl until(X509Bundle issuer, Instant nextUpdate) {
		return between(issuer, Instant.now().minus(Duration.ofHours(2)), nextUpdate);
	}

	public static TestCrl between(X509Bundle issuer, Instant thisUpdate, Instant nextUpdate) {
		return new TestCrl(issuer.getCertificate().getSubjectX500Principal(), issuer, thisUpdate, nextUpdate);
	}

	/* In the name of one, signed by another. */
	public static TestCrl forged(X509Bundle issuer, X509Bundle signer) {
		return new TestCrl(issuer.getCertificate().getSubjectX500Principal(), signer,
				Instant.now().minus(Duration.ofHours(2)), Instant.now().plus(Duration.ofDays(1)));
	}

	public TestCrl revoke(X509Bundle... revoked) {
		for (X509Bundle bundle : revoked) {
			revoke(bundle.getCertificate().getSerialNumber());
		}
		return this;
	}

	public TestCrl revoke(BigInteger serial) {
		this.builder.addCRLEntry(serial, Date.from(Instant.now().minus(Duration.ofHours(1))), CRLReason.keyCompromise);
		return this;
	}

	public TestCrl number(int number) {
		return with(Extension.cRLNumber, false, new org.bouncycastle.asn1.x509.CRLNumber(BigInteger.valueOf(number)));
	}

	/* As an issuer's certificate would have it: any bytes that are of its key. */
	public TestCrl keyIdentifier() {
		return with(Extension.authorityKeyIdentifier, false, new org.bouncycastle.asn1.x509.AuthorityKeyIdentifier(
				this.signer.getKeyPair().getPublic().getEncoded()));
	}

	public TestCrl scope(IssuingDistributionPoint point) {
		return with(Extension.issuingDistributionPoint, true, point);
	}

	private TestCrl with(ASN1ObjectIdentifier name, boolean critical, ASN1Encodable value) {
		try {
			this.builder.addExtension(name, critical, value);
			return this;
		}
		catch (org.bouncycastle.cert.CertIOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public byte[] der() {
		try {
			return this.builder
				.build(new JcaContentSignerBuilder("SHA256withECDSA").build(this.signer.getKeyPair().getPrivate()))
				.getEncoded();
		}
		catch (java.io.IOException | org.bouncycastle.operator.OperatorCreationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public String pem() {
		return TestCertificates.block("X509 CRL", der());
	}

}
