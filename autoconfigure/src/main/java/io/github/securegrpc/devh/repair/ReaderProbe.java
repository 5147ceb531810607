package io.github.securegrpc.devh.repair;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;

import javax.net.ssl.SSLSession;

import io.grpc.Metadata;
import net.devh.boot.grpc.server.security.authentication.GrpcAuthenticationReader;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Asks a reader whom it takes for the peer of a call whose client presented its leaf and,
 * after it, the certificate of somebody else.
 */
final class ReaderProbe {

	// openssl req -x509 -newkey ed25519 -nodes -subj '/CN=secure-grpc probe leaf' -days
	// 36500 (the keys are gone; nothing is ever verified against these)
	private static final X509Certificate LEAF = certificate("""
			-----BEGIN CERTIFICATE-----
			MIH+MIGxAhQmcKvaS5sof2vR0JelD8J4qKEqkjAFBgMrZXAwITEfMB0GA1UEAwwW
			c2VjdXJlLWdycGMgcHJvYmUgbGVhZjAgFw0yNjExMjEwMTUwMTJaGA8yMTI2MTAy
			ODAxNTAxMlowITEfMB0GA1UEAwwWc2VjdXJlLWdycGMgcHJvYmUgbGVhZjAqMAUG
			AytlcAMhAM7BSFE/eNWSgws7rvV/EV74bhk/UifVDWutDhf+hw5eMAUGAytlcANB
			AOj48e3whWuUyRfjAV2qxa2lM7tlUrvIyXOzXBsfYNkUNBTE5faq6wAUZNyY05Ry
			/tXvyu34y9JdvOmTwUB0sws=
			-----END CERTIFICATE-----
			""");

	private static final X509Certificate APPENDED = certificate("""
			-----BEGIN CERTIFICATE-----
			MIIBBjCBuQIUNxwS5fFLjx4qnMaWqkDOemGXEVkwBQYDK2VwMCUxIzAhBgNVBAMM
			GnNlY3VyZS1ncnBjIHByb2JlIGFwcGVuZGVkMCAXDTI2MTEyMTAxNTAxMloYDzIx
			MjYxMDI4MDE1MDEyWjAlMSMwIQYDVQQDDBpzZWN1cmUtZ3JwYyBwcm9iZSBhcHBl
			bmRlZDAqMAUGAytlcAMhAE85IFQpOqo2fRRPL/Dd6wRepgN89dlBdpNdmfiJ8JbB
			MAUGAytlcANBALmLMWDsBO8RqNGksHRZBg64PL3HGXw5eNNfqdV4xJ0qca2DMIt6
			d9hr0rzFvq3lPkGRBI07iIZfRQBsJyuBegU=
			-----END CERTIFICATE-----
			""");

	private ReaderProbe() {
	}

	static Answer ask(GrpcAuthenticationReader reader) {
		Authentication authentication = read(reader);
		if (authentication == null) {
			return Answer.OTHER;
		}
		Predicate<X509Certificate> taken = (certificate) -> names(authentication, certificate);
		return taken.test(APPENDED) ? Answer.LAST : taken.test(LEAF) ? Answer.LEAF : Answer.OTHER;
	}

	private static @Nullable Authentication read(GrpcAuthenticationReader reader) {
		try {
			return reader.readAuthentication(new ProbeCall(session()), new Metadata());
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private static boolean names(Authentication authentication, X509Certificate certificate) {
		return certificate.equals(authentication.getCredentials()) || certificate.equals(authentication.getPrincipal())
				|| String.valueOf(authentication.getName()).contains(commonName(certificate));
	}

	private static String commonName(X509Certificate certificate) {
		return certificate.getSubjectX500Principal().getName().substring("CN=".length());
	}

	private static SSLSession session() {
		return (SSLSession) Proxy.newProxyInstance(ReaderProbe.class.getClassLoader(),
				new Class<?>[] { SSLSession.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "getPeerCertificates" -> new X509Certificate[] { LEAF, APPENDED };
					case "getPeerPrincipal" -> LEAF.getSubjectX500Principal();
					case "getProtocol" -> "TLSv1.3";
					case "toString" -> "a session to ask with";
					default -> throw new UnsupportedOperationException(method.getName());
				});
	}

	private static X509Certificate certificate(String pem) {
		try {
			return (X509Certificate) CertificateFactory.getInstance("X.509")
				.generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
		}
		catch (CertificateException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Whom the reader took for the peer.
	 */
	enum Answer {

		/** The leaf: the peer. */
		LEAF,

		/** The last certificate of the chain: anybody. */
		LAST,

		/** Nobody, or somebody known by other means than the certificate. */
		OTHER

	}

}
