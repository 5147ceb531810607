package io.github.securegrpc.certs;

import java.time.Duration;

import javax.security.auth.x500.X500Principal;

/**
 * What a new authority is to be. Valid or not constructible, and immutable.
 *
 * @param name the name of its files
 * @param subject the name in its certificate
 * @param validity how long it is valid
 * @param keyAlgorithm the kind of key
 * @since 0.1.0
 */
public record AuthorityRequest(String name, X500Principal subject, Duration validity, KeyAlgorithm keyAlgorithm) {

	private static final Duration TEN_YEARS = Duration.ofDays(3652);

	public AuthorityRequest {
		NameSyntax.name(name);
		if (subject.getName().isEmpty()) {
			throw new IllegalArgumentException("subject: empty (expected: at least a common name)");
		}
		ValidityPeriod.checked(validity);
	}

	/**
	 * Asks for an authority whose common name is the name of its files: ten years, P-256.
	 * @param name the name
	 * @return the request
	 */
	public static AuthorityRequest named(String name) {
		return new AuthorityRequest(name, commonName(name), TEN_YEARS, KeyAlgorithm.EC_P256);
	}

	/**
	 * Returns the same request with another name in the certificate.
	 * @param subject the name in the certificate
	 * @return the request
	 */
	public AuthorityRequest withSubject(X500Principal subject) {
		return new AuthorityRequest(this.name, subject, this.validity, this.keyAlgorithm);
	}

	/**
	 * Returns the same request with another validity.
	 * @param validity how long the authority is valid
	 * @return the request
	 */
	public AuthorityRequest withValidity(Duration validity) {
		return new AuthorityRequest(this.name, this.subject, validity, this.keyAlgorithm);
	}

	/**
	 * Returns the same request with another kind of key.
	 * @param keyAlgorithm the kind of key
	 * @return the request
	 */
	public AuthorityRequest withKeyAlgorithm(KeyAlgorithm keyAlgorithm) {
		return new AuthorityRequest(this.name, this.subject, this.validity, keyAlgorithm);
	}

	static X500Principal commonName(String name) {
		return new X500Principal("CN=" + NameSyntax.name(name));
	}

}
