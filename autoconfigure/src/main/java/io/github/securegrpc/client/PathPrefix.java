package io.github.securegrpc.client;

import java.util.regex.Pattern;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;

import io.github.securegrpc.material.RefusedException;

/**
 * Puts a path before every method of a channel, for a proxy that routes by path:
 * {@code grpc} makes {@code /grpc/package.Service/Method}. Thread-safe.
 */
final class PathPrefix implements ClientInterceptor {

	/* Of an URL's path, RFC 3986; none that a proxy would take for another directory. */
	private static final Pattern PATH = Pattern
		.compile("(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)*");

	private final String path;

	private PathPrefix(String path) {
		this.path = path;
	}

	static PathPrefix of(String property, String written) {
		String path = written.replaceFirst("^/", "").replaceFirst("/$", "");
		if (!PATH.matcher(path).matches()) {
			throw new RefusedException(
					"%s is \"%s\" (expected: a path of letters, digits and - . _ ~, such as grpc or api/v1)".formatted(
							property, written),
					"Set it to what the proxy has before the methods, or remove it.");
		}
		return new PathPrefix(path);
	}

	@Override
	public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
		return next.newCall(method.toBuilder().setFullMethodName(this.path + "/" + method.getFullMethodName()).build(),
				options);
	}

}
