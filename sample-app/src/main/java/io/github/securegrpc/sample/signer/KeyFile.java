package io.github.securegrpc.sample.signer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tendermint's {@code priv_validator_key.json}.
 */
final class KeyFile {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String PUBLIC = "tendermint/PubKeyEd25519";

	private static final String PRIVATE = "tendermint/PrivKeyEd25519";

	private final Path path;

	KeyFile(Path path) {
		this.path = path;
	}

	boolean exists() {
		return Files.exists(this.path);
	}

	SigningKey read() {
		try {
			checkRights();
			Document document = JSON.readValue(Files.readString(this.path), Document.class);
			byte[] secret = document.privateKey().decode(PRIVATE);
			SigningKey key = SigningKey.of(secret);
			Arrays.fill(secret, (byte) 0);
			if (!ByteString.copyFrom(document.publicKey().decode(PUBLIC)).equals(key.publicKey())
					|| !SigningKey.address(key.publicKey()).equalsIgnoreCase(document.address())) {
				throw new GeneralSecurityException("pub_key and address are not those of priv_key");
			}
			return key;
		}
		catch (IOException ex) {
			throw refusal("cannot be read", ex);
		}
		catch (GeneralSecurityException | IllegalArgumentException | NullPointerException | JacksonException ex) {
			// what a parser says may quote the key
			throw refusal((ex instanceof GeneralSecurityException) ? String.valueOf(ex.getMessage())
					: "is not what Tendermint writes", null);
		}
	}

	/* Whoever has read it signs as this validator. */
	private void checkRights() throws IOException {
		PosixFileAttributeView view = Files.getFileAttributeView(this.path, PosixFileAttributeView.class);
		Set<PosixFilePermission> rights = (view != null) ? view.readAttributes().permissions() : Set.of();
		if (rights.stream().anyMatch((right) -> !right.name().startsWith("OWNER"))) {
			throw new SignerException(
					"%s (sample.signer.key-file) is open to others, its mode is %s (expected: rw-------)"
						.formatted(this.path, PosixFilePermissions.toString(rights)),
					"Run chmod 600 %s; if others may have read it, make the validator another key."
						.formatted(this.path));
		}
	}

	/* Of a validator that has not signed anything. */
	void generate() {
		try {
			byte[] secret = SigningKey.generate();
			ByteString publicKey = SigningKey.of(secret).publicKey();
			Document document = new Document(SigningKey.address(publicKey), Typed.of(PUBLIC, publicKey.toByteArray()),
					Typed.of(PRIVATE, secret));
			DurableFile.write(this.path, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
			Arrays.fill(secret, (byte) 0);
		}
		catch (GeneralSecurityException | IOException ex) {
			throw refusal("cannot be written", ex);
		}
	}

	private SignerException refusal(String what, @Nullable Exception cause) {
		String description = "%s: %s (expected: the priv_validator_key.json of a Tendermint validator with a key of Ed25519)"
			.formatted(this.path, what);
		String action = "Set sample.signer.key-file to that file, readable for this user alone.";
		return (cause != null) ? new SignerException(description, action, cause)
				: new SignerException(description, action);
	}

	/**
	 * The file.
	 *
	 * @param address 40 digits
	 * @param publicKey 32 bytes
	 * @param privateKey the seed and those 32 bytes
	 */
	private record Document(String address, @JsonProperty("pub_key") Typed publicKey,
			@JsonProperty("priv_key") Typed privateKey) {

		@Override
		public String toString() {
			return "Document[address=%s]".formatted(this.address);
		}

	}

	/**
	 * A key of a type.
	 *
	 * @param type by Tendermint's name
	 * @param value in base64
	 */
	private record Typed(String type, String value) {

		static Typed of(String type, byte[] key) {
			return new Typed(type, Base64.getEncoder().encodeToString(key));
		}

		byte[] decode(String expected) throws GeneralSecurityException {
			if (!this.type.equals(expected)) {
				throw new GeneralSecurityException("its type is not " + expected);
			}
			return Base64.getDecoder().decode(this.value);
		}

		@Override
		public String toString() {
			return "Typed[type=%s, value=****]".formatted(this.type);
		}

	}

}
