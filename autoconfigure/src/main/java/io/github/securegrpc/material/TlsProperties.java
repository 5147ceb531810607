package io.github.securegrpc.material;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Defaults for the server and for every channel. Never prints the password.
 *
 * @param cert PEM certificate chain, leaf first: a path, file:, classpath:, base64: or
 * inline PEM.
 * @param key PEM private key of the leaf: a path, file:, classpath:, base64: or inline
 * PEM.
 * @param keyPassword Password of an encrypted private key.
 * @param ca PEM trust anchors; a leaf among them is a pin. A client without any trusts
 * the JVM's roots.
 * @param bundle Name of an SSL bundle to use instead of cert, key and ca.
 * @param crl Certificate revocation lists of the CAs, PEM or DER: a path, file:,
 * classpath:, base64: or inline PEM.
 * @param crlPolicy What it means that the lists cannot answer; strict when unset.
 * @param provider Implementation of TLS.
 * @param validation How strictly the certificates of peers are validated.
 * @since 0.1.0
 */
@ConfigurationProperties("secure-grpc")
public record TlsProperties(@Nullable String cert, @Nullable String key, @Nullable String keyPassword,
		@Nullable String ca, @Nullable String bundle, @Nullable String crl, @Nullable CrlPolicy crlPolicy,
		@DefaultValue("auto") TlsProvider provider, @DefaultValue("strict") ValidationMode validation) {

	/**
	 * Returns what this level says about TLS material.
	 * @return the outermost level
	 */
	public MaterialLevel level() {
		return new MaterialLevel("secure-grpc", this.cert, this.key, this.keyPassword, this.ca, this.bundle, this.crl,
				this.crlPolicy);
	}

	@Override
	public String toString() {
		return "TlsProperties[%s, provider=%s, validation=%s]".formatted(level(), this.provider, this.validation);
	}

}
