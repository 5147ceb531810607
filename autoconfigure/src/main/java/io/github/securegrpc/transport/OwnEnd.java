package io.github.securegrpc.transport;

import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.text.Printable;

/**
 * Our end of a handshake that failed.
 *
 * @param channel the name of the channel, or {@code null} on a server
 * @param hasCertificate whether it has a certificate to present
 * @param asked the CAs that peers are asked for, in words
 * @since 0.1.0
 */
public record OwnEnd(@Nullable String channel, boolean hasCertificate, String asked) {

	private static final int MOST_NAMES = 3;

	/**
	 * Returns the end that has some material.
	 * @param channel the name of the channel, or {@code null} on a server
	 * @param material the material
	 * @return our end
	 */
	public static OwnEnd of(@Nullable String channel, TlsMaterial material) {
		return new OwnEnd(channel, material.identity() != null, asked(material));
	}

	/* What a server most often means that ended the handshake. */
	String guess() {
		return this.hasCertificate ? "most often it does not accept our certificate"
				: "most often it wants a client certificate, and this channel has none: set secure-grpc.client.channels.%s.cert and key, or secure-grpc.client.cert and key"
					.formatted(this.channel);
	}

	private static String asked(TlsMaterial material) {
		if (material.trustAnchors() == null) {
			return "any CA";
		}
		int more = material.trustAnchors().certificates().size() - MOST_NAMES;
		return material.trustAnchors()
			.certificates()
			.stream()
			.limit(MOST_NAMES)
			.map(Printable::subject)
			.collect(Collectors.joining("; ", "", (more > 0) ? " and %d more".formatted(more) : ""));
	}

}
