package io.github.securegrpc.peer.password;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * What a call brings by RFC 7617, in UTF-8. Never prints the password.
 *
 * @param user the name of the user
 * @param password what is said to be the password
 * @since 0.1.0
 */
public record BasicCredentials(String user, String password) {

	private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization",
			Metadata.ASCII_STRING_MARSHALLER);

	private static final char DELETE = 0x7f;

	private static final String SCHEME = "Basic ";

	/**
	 * Reads the credentials of a call.
	 * @param headers the headers of the call
	 * @return the credentials, or {@code null} if it brings none of this kind
	 * @throws IllegalArgumentException if they are malformed, or more than one; without a
	 * word of what they hold
	 */
	public static @Nullable BasicCredentials of(Metadata headers) {
		Iterable<String> all = headers.getAll(AUTHORIZATION);
		List<String> basic = new ArrayList<>();
		if (all != null) {
			for (String value : all) {
				if (value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
					basic.add(value.substring(SCHEME.length()).strip());
				}
			}
		}
		if (basic.size() > 1) {
			throw new IllegalArgumentException("authorization: Basic is there more than once");
		}
		return basic.isEmpty() ? null : parse(basic.get(0));
	}

	private static BasicCredentials parse(String encoded) {
		String pair;
		try {
			pair = StandardCharsets.UTF_8.newDecoder()
				.decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded)))
				.toString();
		}
		catch (IllegalArgumentException | CharacterCodingException ex) {
			throw new IllegalArgumentException("authorization: Basic is not followed by base64 of UTF-8");
		}
		if (pair.chars().anyMatch((character) -> character < ' ' || character == DELETE)) {
			throw new IllegalArgumentException("authorization: Basic holds a control character");
		}
		int colon = pair.indexOf(':');
		if (colon < 0) {
			throw new IllegalArgumentException("authorization: Basic holds no colon");
		}
		return new BasicCredentials(pair.substring(0, colon), pair.substring(colon + 1));
	}

	@Override
	public String toString() {
		return "BasicCredentials[****]";
	}

}
