package io.github.securegrpc.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Plaintext;
import io.github.securegrpc.rotation.RotatingMaterial;

/**
 * What was decided for a channel, every default filled in and every guard passed.
 *
 * @param name the channel's name at the engine
 * @param target what it dials, as the engine has it
 * @param material the material, or {@code null} for plaintext
 * @param plaintext where plaintext is spoken instead; {@link Plaintext#REFUSE} with TLS
 * @param protocols the TLS versions
 * @param ciphers the cipher suites, or empty
 * @param serverName the name to verify instead of the dialled authority, or {@code null}
 * @param pins the pins as written, or empty
 * @since 0.1.0
 */
public record SecureChannel(String name, String target, @Nullable RotatingMaterial material, Plaintext plaintext,
		List<String> protocols, List<String> ciphers, @Nullable String serverName, List<String> pins) {

	/**
	 * Returns the name that the server has to prove.
	 * @return {@code server-name}, or else the host that is dialled
	 */
	public String expectedName() {
		return (this.serverName != null) ? this.serverName : ServerNames.dialled(this.target);
	}

	SecureChannel dialling(String target, @Nullable String serverName) {
		return new SecureChannel(this.name, target, this.material, this.plaintext, this.protocols, this.ciphers,
				(serverName != null) ? serverName : this.serverName, this.pins);
	}

	/**
	 * Returns the property that holds the pins, for messages.
	 * @return the property's name
	 */
	public String pinsProperty() {
		return ClientProperties.PREFIX + ".channels." + this.name + ".pins";
	}

}
