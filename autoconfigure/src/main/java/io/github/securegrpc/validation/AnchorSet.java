package io.github.securegrpc.validation;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.material.check.Issuer;

/**
 * The trust anchors that peers are judged by, and whom they believe no more.
 *
 * @param certificates the trust anchors
 * @param origin where they come from, for messages
 * @param revocationLists the revocation lists, or {@code null} without any
 * @since 0.1.0
 */
public record AnchorSet(List<X509Certificate> certificates, String origin, @Nullable RevocationLists revocationLists) {

	private static final String PKIX = "PKIX";

	/**
	 * Returns configured trust anchors, or the JVM's roots where there are none.
	 * @param material the material that may hold some
	 * @param origin where those come from, or {@code null}
	 * @return the trust anchors, with the revocation lists of the material
	 */
	public static AnchorSet of(TlsMaterial material, @Nullable String origin) {
		TrustAnchors anchors = material.trustAnchors();
		return (anchors != null)
				? new AnchorSet(anchors.certificates(), String.valueOf(origin), material.revocationLists())
				: new AnchorSet(jvmRoots(), "the JVM's roots", material.revocationLists());
	}

	boolean contains(X509Certificate certificate) {
		return this.certificates.contains(certificate);
	}

	/* Returns whether the issuer of a certificate has the name of an anchor. */
	boolean name(X509Certificate certificate) {
		return this.certificates.stream().anyMatch((anchor) -> Issuer.isNamed(anchor, certificate));
	}

	List<X509Certificate> issuersOf(X509Certificate certificate) {
		return this.certificates.stream().filter((anchor) -> Issuer.issued(anchor, certificate)).toList();
	}

	/*
	 * Returns the platform's trust manager for these anchors. Constraints of a
	 * TrustAnchor are left out: with them the JDK refuses every path.
	 */
	X509ExtendedTrustManager platformTrustManager(List<PKIXCertPathChecker> checkers) {
		try {
			Set<TrustAnchor> anchors = this.certificates.stream()
				.map((anchor) -> new TrustAnchor(anchor, null))
				.collect(Collectors.toSet());
			PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
			parameters.setRevocationEnabled(false);
			checkers.forEach(parameters::addCertPathChecker);
			TrustManagerFactory factory = TrustManagerFactory.getInstance(PKIX);
			factory.init(new CertPathTrustManagerParameters(parameters));
			return first(factory, X509ExtendedTrustManager.class);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("PKIX is required of every Java platform", ex);
		}
	}

	private static List<X509Certificate> jvmRoots() {
		try {
			TrustManagerFactory factory = TrustManagerFactory.getInstance(PKIX);
			factory.init((KeyStore) null);
			return List.of(first(factory, X509TrustManager.class).getAcceptedIssuers());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("the JVM's roots cannot be read", ex);
		}
	}

	private static <T> T first(TrustManagerFactory factory, Class<T> type) {
		TrustManager[] managers = factory.getTrustManagers();
		return Arrays.stream(managers).filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
	}

}
