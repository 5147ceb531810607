package io.github.securegrpc.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.CompositeCallCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RefusedException;

/**
 * Sends a user's name and password with every call of a channel, as RFC 7617 has it in
 * UTF-8, and over TLS alone: a call over anything else fails before it is sent.
 * Thread-safe.
 */
final class BasicAuth extends CallCredentials implements ClientInterceptor {

	private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization",
			Metadata.ASCII_STRING_MARSHALLER);

	private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

	private final Metadata headers = new Metadata();

	private BasicAuth(String username, String password) {
		byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
		this.headers.put(AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(pair));
	}

	static BasicAuth of(String prefix, ClientProperties.BasicAuth configured) {
		String username = require(prefix + ".username", configured.username());
		String password = require(prefix + ".password", configured.password());
		if (username.contains(":")) {
			throw new RefusedException("%s.username has a colon (expected: none, it ends the name)".formatted(prefix),
					"Ask whoever keeps the passwords for a name without one.");
		}
		return new BasicAuth(username, password);
	}

	/* Says nothing of what it holds. */
	private static String require(String property, @Nullable String value) {
		if (value == null || value.isEmpty() || CONTROL.matcher(value).find()) {
			throw new RefusedException(
					"%s is %s (expected: a text without control characters, as the line end of a file is one)"
						.formatted(property,
								(value == null) ? "missing" : value.isEmpty() ? "empty" : "not one line of text"),
					"Set both username and password, or remove basic-auth.");
		}
		return value;
	}

	@Override
	public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
		CallCredentials own = options.getCredentials();
		return next.newCall(method,
				options.withCallCredentials((own != null) ? new CompositeCallCredentials(own, this) : this));
	}

	@Override
	public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
		if (request.getSecurityLevel() == SecurityLevel.PRIVACY_AND_INTEGRITY) {
			applier.apply(this.headers);
		}
		else {
			applier.fail(Status.UNAUTHENTICATED
				.withDescription("basic-auth is sent over TLS alone, and this connection has none"));
		}
	}

	@Override
	public String toString() {
		return "BasicAuth[****]";
	}

}
