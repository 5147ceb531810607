package io.github.securegrpc.validation;

import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

import javax.security.auth.x500.X500Principal;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.check.ChainSize;
import io.github.securegrpc.material.check.Issuer;
import io.github.securegrpc.text.Printable;

/**
 * What a peer presents, before anything it rests on is known. A stranger chooses all of
 * it, so that it is bounded, and no signature is verified but with a key that is trusted
 * already: from the trust anchors down, along the names that lead to the leaf.
 */
final class PresentedChain {

	/* An exponent as long as the modulus makes a signature cost a hundred of others. */
	private static final int MAX_EXPONENT_BITS = 64;

	private static final int MAX_FIELD_BITS = 521;

	/* Certificates with the name of a trusted issuer that this did not sign. */
	private static final int MAX_FORGED = 2;

	private final X509Certificate[] chain;

	private final AnchorSet anchors;

	PresentedChain(X509Certificate[] chain, AnchorSet anchors) {
		this.chain = chain;
		this.anchors = anchors;
	}

	/* Checks how much it is, before anything of it is compared. */
	void checkSize() throws CertificateException {
		if (this.chain.length > ChainSize.CERTIFICATES) {
			throw new CertificateException("%d certificates are presented with it (expected: at most %d)"
				.formatted(this.chain.length, ChainSize.CERTIFICATES));
		}
		int bytes = 0;
		for (X509Certificate certificate : this.chain) {
			bytes += certificate.getEncoded().length;
			checkName(certificate.getSubjectX500Principal());
			checkName(certificate.getIssuerX500Principal());
		}
		if (bytes > ChainSize.BYTES) {
			throw new CertificateException("%d bytes of certificates are presented with it (expected: at most %d)"
				.formatted(bytes, ChainSize.BYTES));
		}
	}

	private static void checkName(X500Principal name) throws CertificateException {
		int bytes = name.getEncoded().length;
		if (bytes > ChainSize.NAME_BYTES) {
			throw new CertificateException("a certificate of it has a name of %d bytes (expected: at most %d)"
				.formatted(bytes, ChainSize.NAME_BYTES));
		}
	}

	/*
	 * Returns the leaf and what is above it and trusted by signature, or an empty array
	 * if no trust anchor vouches for the leaf. PKIX builds its path of nothing else.
	 */
	X509Certificate[] vouchedFor() throws CertificateException {
		List<X509Certificate> named = named();
		if (this.anchors.contains(this.chain[0])) {
			return new X509Certificate[] { this.chain[0] };
		}
		if (named.stream().noneMatch(this.anchors::name)) {
			return new X509Certificate[0];
		}
		for (X509Certificate certificate : named) {
			checkKey(certificate);
		}
		List<X509Certificate> vouched = signed(named);
		return vouched.contains(this.chain[0])
				? named.stream().filter(vouched::contains).toArray(X509Certificate[]::new) : new X509Certificate[0];
	}

	/* The leaf and what may be above it, by names, without trust anchors. */
	private List<X509Certificate> named() {
		List<X509Certificate> named = new ArrayList<>(List.of(this.chain[0]));
		List<X509Certificate> others = new ArrayList<>(Arrays.asList(this.chain));
		others.removeIf((other) -> other.equals(this.chain[0]) || this.anchors.contains(other));
		for (int i = 0; i < named.size(); i++) {
			X509Certificate certificate = named.get(i);
			for (X509Certificate other : List.copyOf(others)) {
				if (Issuer.isNamed(other, certificate) && others.removeIf(other::equals)) {
					named.add(other);
				}
			}
		}
		return named;
	}

	private List<X509Certificate> signed(List<X509Certificate> named) {
		List<X509Certificate> vouched = new ArrayList<>();
		List<X509Certificate> open = new ArrayList<>(named);
		Queue<X509Certificate> issuers = new ArrayDeque<>();
		int forged = 0;
		for (X509Certificate top : named) {
			if (forged < MAX_FORGED && this.anchors.name(top)) {
				if (!this.anchors.issuersOf(top).isEmpty()) {
					vouched.add(top);
					issuers.add(top);
					open.remove(top);
				}
				else {
					forged++;
				}
			}
		}
		while (!issuers.isEmpty()) {
			X509Certificate issuer = issuers.remove();
			for (X509Certificate certificate : List.copyOf(open)) {
				// a CA that was given a new key has namesakes that are genuine
				if (forged < MAX_FORGED + vouched.size() - 1 && Issuer.isNamed(issuer, certificate)) {
					if (Issuer.issued(issuer, certificate)) {
						vouched.add(certificate);
						issuers.add(certificate);
						open.remove(certificate);
					}
					else {
						forged++;
					}
				}
			}
		}
		return vouched;
	}

	private static void checkKey(X509Certificate certificate) throws CertificateException {
		String excess = excess(certificate.getPublicKey());
		if (excess != null) {
			throw new CertificateException("%s has %s (expected: RSA of at most %d bits, or EC of at most %d)"
				.formatted(Printable.subject(certificate), excess, ChainSize.RSA_BITS, MAX_FIELD_BITS));
		}
	}

	private static @Nullable String excess(PublicKey key) {
		if (key instanceof RSAPublicKey rsa) {
			int bits = rsa.getModulus().bitLength();
			int exponent = rsa.getPublicExponent().bitLength();
			if (exponent > MAX_EXPONENT_BITS) {
				return "an RSA key with a public exponent of %d bits".formatted(exponent);
			}
			return (bits > ChainSize.RSA_BITS) ? "an RSA key of %d bits".formatted(bits) : null;
		}
		if (key instanceof ECPublicKey ec) {
			int bits = ec.getParams().getCurve().getField().getFieldSize();
			return (bits > MAX_FIELD_BITS) ? "an EC key of %d bits".formatted(bits) : null;
		}
		return (key instanceof DSAPublicKey) ? "a DSA key" : null;
	}

}
