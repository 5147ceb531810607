package io.github.securegrpc.server;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

import io.github.securegrpc.material.ClientAuth;
import io.github.securegrpc.material.CrlPolicy;
import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.Plaintext;

/**
 * The server's TLS. Never prints the password.
 *
 * @param cert PEM certificate chain of the server, leaf first.
 * @param key PEM private key of the server's leaf.
 * @param keyPassword Password of the server's encrypted private key.
 * @param ca PEM trust anchors that clients' certificates must reach.
 * @param bundle Name of an SSL bundle to use instead of cert, key and ca.
 * @param crl Revocation lists of the CAs of clients, PEM or DER.
 * @param crlPolicy What it means that the lists cannot answer; strict when unset.
 * @param clientAuth Whether clients are asked for a certificate; require when the server
 * has a ca, else none.
 * @param plaintext Where the server may speak plaintext instead of TLS.
 * @param protocols TLS versions to enable; TLSv1.3 and TLSv1.2 unless the bundle says
 * otherwise.
 * @param ciphers Cipher suites to enable; the provider's HTTP/2-safe ones when empty.
 * @param handshakeTimeout Time from accept to the end of the HTTP/2 preface, 10s at most.
 * @param maxConnectionAge Age after which a connection is closed gracefully; unlimited
 * when unset.
 * @param limits Limits of what one peer may do.
 * @since 0.1.0
 */
@ConfigurationProperties("secure-grpc.server")
public record ServerProperties(@Nullable String cert, @Nullable String key, @Nullable String keyPassword,
		@Nullable String ca, @Nullable String bundle, @Nullable String crl, @Nullable CrlPolicy crlPolicy,
		@Nullable ClientAuth clientAuth, @DefaultValue("refuse") Plaintext plaintext, @Nullable List<String> protocols,
		@DefaultValue List<String> ciphers,
		@DefaultValue("5s") @DurationUnit(ChronoUnit.SECONDS) Duration handshakeTimeout,
		@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration maxConnectionAge, @DefaultValue Limits limits) {

	MaterialLevel level() {
		return new MaterialLevel("secure-grpc.server", this.cert, this.key, this.keyPassword, this.ca, this.bundle,
				this.crl, this.crlPolicy);
	}

	@Override
	public String toString() {
		return "ServerProperties[%s, clientAuth=%s, plaintext=%s]".formatted(level(), this.clientAuth, this.plaintext);
	}

	/**
	 * Limits of what one peer may do.
	 *
	 * @param callsPerConnection Calls open at the same time on one connection.
	 * @param resets Stream resets on one connection per resets-window.
	 * @param resetsWindow Window in which stream resets are counted, in whole seconds.
	 * @param connections Connections open at the same time; unlimited when unset.
	 */
	public record Limits(@DefaultValue("100") int callsPerConnection, @DefaultValue("200") int resets,
			@DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS) Duration resetsWindow,
			@Nullable Integer connections) {

	}

}
