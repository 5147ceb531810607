package io.github.securegrpc.client;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.securegrpc.material.CrlPolicy;
import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.Plaintext;

/**
 * The TLS of every channel. Never prints the password.
 *
 * @param cert PEM certificate chain that channels present, leaf first; none for none.
 * @param key PEM private key of the channels' leaf.
 * @param keyPassword Password of the channels' encrypted private key.
 * @param ca PEM trust anchors that servers' certificates must reach; the JVM's roots when
 * unset.
 * @param bundle Name of an SSL bundle to use instead of cert, key and ca.
 * @param crl Revocation lists of the CAs of servers, PEM or DER.
 * @param crlPolicy What it means that the lists cannot answer; strict when unset.
 * @param plaintext Where channels may speak plaintext instead of TLS.
 * @param channels Channels by their name at the engine.
 * @since 0.1.0
 */
@ConfigurationProperties("secure-grpc.client")
public record ClientProperties(@Nullable String cert, @Nullable String key, @Nullable String keyPassword,
		@Nullable String ca, @Nullable String bundle, @Nullable String crl, @Nullable CrlPolicy crlPolicy,
		@DefaultValue("refuse") Plaintext plaintext, @DefaultValue Map<String, Channel> channels) {

	static final String PREFIX = "secure-grpc.client";

	MaterialLevel level() {
		return new MaterialLevel(PREFIX, this.cert, this.key, this.keyPassword, this.ca, this.bundle, this.crl,
				this.crlPolicy);
	}

	@Override
	public String toString() {
		return "ClientProperties[%s, plaintext=%s, channels=%s]".formatted(level(), this.plaintext,
				this.channels.keySet());
	}

	/**
	 * The TLS of one channel; what it leaves out comes from the client.
	 *
	 * @param cert PEM certificate chain that the channel presents, leaf first; none for
	 * none.
	 * @param key PEM private key of the channel's leaf.
	 * @param keyPassword Password of the channel's encrypted private key.
	 * @param ca PEM trust anchors that the server's certificate must reach.
	 * @param bundle Name of an SSL bundle to use instead of cert, key and ca.
	 * @param crl Revocation lists of the CAs of the server, PEM or DER.
	 * @param crlPolicy What it means that the lists cannot answer; strict when unset.
	 * @param plaintext Where the channel may speak plaintext instead of TLS.
	 * @param serverName Name to verify instead of the dialled authority.
	 * @param pins Public keys, sha256/ and base64, of which one must be in the path.
	 * @param pathPrefix Path before every method, for a proxy that routes by path.
	 * @param basicAuth Name and password that every call is sent with, over TLS alone.
	 */
	public record Channel(@Nullable String cert, @Nullable String key, @Nullable String keyPassword,
			@Nullable String ca, @Nullable String bundle, @Nullable String crl, @Nullable CrlPolicy crlPolicy,
			@Nullable Plaintext plaintext, @Nullable String serverName, @Nullable List<String> pins,
			@Nullable String pathPrefix, @Nullable BasicAuth basicAuth) {

		MaterialLevel level(String name) {
			return new MaterialLevel(PREFIX + ".channels." + name, this.cert, this.key, this.keyPassword, this.ca,
					this.bundle, this.crl, this.crlPolicy);
		}

		@Override
		public String toString() {
			return "Channel[plaintext=%s, serverName=%s, pins=%s, pathPrefix=%s]".formatted(this.plaintext,
					this.serverName, this.pins, this.pathPrefix);
		}

	}

	/**
	 * Who a channel's caller says to be. Never prints the password.
	 *
	 * @param username Name of the user.
	 * @param password Password of the user.
	 */
	public record BasicAuth(@Nullable String username, @Nullable String password) {

		@Override
		public String toString() {
			return "BasicAuth[username=%s, password=****]".formatted(this.username);
		}

	}

}
