package io.github.securegrpc.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Validity;
import io.github.securegrpc.text.Printable;
import io.github.securegrpc.transport.HandshakeResult;

/**
 * What is in force now: every certificate, the server and the channels, and the newest
 * failed handshakes. The shape is a contract: monitoring reads it as JSON. It never holds
 * a private key, a password or the content of a file.
 *
 * @param materials the material of each side
 * @param server the server, or {@code null} without one
 * @param channels the channels by name
 * @param handshakeFailures the newest failed handshakes, newest first
 * @param advisories known weaknesses of the libraries, which nobody can use through us
 * @since 0.1.0
 */
public record CertificatesReport(List<Material> materials, @Nullable Server server, Map<String, Channel> channels,
		List<HandshakeFailure> handshakeFailures, List<String> advisories) {

	private static @Nullable String printable(@Nullable String text) {
		return (text != null) ? Printable.line(text) : null;
	}

	/**
	 * The generation in force of some material.
	 *
	 * @param name {@code server}, {@code client} or {@code client.<channel>}
	 * @param state the state of the whole
	 * @param generation its number
	 * @param loadedAt when it was loaded
	 * @param source where it came from
	 * @param lastRefusal why the newest replacement was refused, or {@code null}
	 * @param look since when its source keeps us waiting, or {@code null}
	 * @param renewal what is late about its renewal, or {@code null}
	 * @param revocation which revocation list should have been replaced, or {@code null}
	 * @param chain the chain that is presented, leaf first
	 * @param trustAnchors whom this side believes; empty where the JVM's roots decide
	 */
	public record Material(String name, Validity state, int generation, Instant loadedAt, Source source,
			@Nullable Refusal lastRefusal, @Nullable String look, @Nullable String renewal, @Nullable String revocation,
			List<Certificate> chain, List<Certificate> trustAnchors) {

		public Material {
			name = Printable.line(name);
			look = printable(look);
			renewal = printable(renewal);
			revocation = printable(revocation);
		}

	}

	/**
	 * Where material comes from: location and property.
	 *
	 * @param cert of the chain
	 * @param key of the private key
	 * @param ca of the trust anchors
	 * @param crl of the revocation lists, or {@code null} without any
	 */
	public record Source(@Nullable String cert, @Nullable String key, @Nullable String ca, @Nullable String crl) {

		public Source {
			cert = printable(cert);
			key = printable(key);
			ca = printable(ca);
			crl = printable(crl);
		}

	}

	/**
	 * A replacement that was not taken.
	 *
	 * @param at when
	 * @param reason why
	 */
	public record Refusal(Instant at, String reason) {

		public Refusal {
			reason = Printable.line(reason);
		}

	}

	/**
	 * One certificate.
	 *
	 * @param subject its subject
	 * @param issuer its issuer
	 * @param serial its serial number in hex
	 * @param sans the names it vouches for
	 * @param notBefore the begin of its validity
	 * @param notAfter the end of its validity
	 * @param secondsLeft seconds until then, negative after
	 * @param fingerprint SHA-256 of its DER in lower-case hex
	 * @param state its state
	 */
	public record Certificate(String subject, String issuer, String serial, List<String> sans, Instant notBefore,
			Instant notAfter, long secondsLeft, String fingerprint, Validity state) {

		public Certificate {
			subject = Printable.line(subject);
			issuer = Printable.line(issuer);
			sans = sans.stream().map(Printable::line).toList();
		}

	}

	/**
	 * The server.
	 *
	 * @param mode {@code tls}, or where it speaks plaintext: {@code plaintext-loopback},
	 * {@code plaintext-anywhere}
	 * @param clientAuth whether clients are asked for a certificate
	 * @param protocols the TLS versions
	 * @param provider who implements TLS, or {@code null} in plaintext
	 * @param connections how many are open
	 * @param authorization {@code enforce}, {@code shadow}, or {@code none} without rules
	 * @param rules how many rules there are
	 */
	public record Server(String mode, String clientAuth, List<String> protocols, @Nullable String provider,
			int connections, String authorization, int rules) {

	}

	/**
	 * A channel.
	 *
	 * @param mode as of the server
	 * @param serverName the name verified instead of the dialled one, or {@code null}
	 * @param target what it dials
	 * @param expectedName the name that the server has to prove, or {@code null} in
	 * plaintext
	 * @param pins of which the server's path has to have one, or empty
	 * @param material the name of its material, or {@code null} in plaintext
	 * @param protocols the TLS versions
	 * @param provider who implements TLS, or {@code null} in plaintext
	 * @param open how many channels of the name are open
	 */
	public record Channel(String mode, @JsonInclude @Nullable String serverName, String target,
			@Nullable String expectedName, List<String> pins, @Nullable String material, List<String> protocols,
			@Nullable String provider, int open) {

		public Channel {
			serverName = printable(serverName);
			target = Printable.line(target);
			expectedName = printable(expectedName);
			material = printable(material);
			pins = pins.stream().map(Printable::line).toList();
		}

	}

	/**
	 * A handshake that failed.
	 *
	 * @param at when
	 * @param side {@code server}, or {@code client.<channel>}
	 * @param peer the peer's address
	 * @param result its gRFC A118 name
	 * @param detail who, why, and what to do
	 */
	public record HandshakeFailure(Instant at, String side, @Nullable String peer, HandshakeResult result,
			String detail) {

		public HandshakeFailure {
			side = Printable.line(side);
			peer = printable(peer);
			detail = Printable.line(detail);
		}

	}

}
