package io.github.securegrpc.engine;

import io.grpc.NameResolverRegistry;

import io.github.securegrpc.material.RefusedException;

/**
 * Addresses that an engine's documentation or gRPC's has, and that grpc-java does not
 * resolve: making the channel would fail, after a start that said it was secure.
 */
final class DialledAddress {

	private DialledAddress() {
	}

	static void check(String property, String target) {
		// since grpc-java 1.83 one authority, which has no such port
		if (target.startsWith("static:") && target.contains(",")) {
			throw refusal(property, target, "in 1.83 and later");
		}
		String scheme = target.substring(0, Math.max(0, target.indexOf(':')));
		boolean literal = scheme.equals("ipv4") || scheme.equals("ipv6");
		if (literal && NameResolverRegistry.getDefaultRegistry().getProviderForScheme(scheme) == null) {
			throw refusal(property, target, "without a resolver for " + scheme);
		}
	}

	/* Schemes that the engines know, and grpc-java's own builders do not. */
	static void checkScheme(String property, String target) {
		if (target.startsWith("static:") || target.startsWith("tcp:")) {
			throw new RefusedException(
					"%s is %s, whose scheme only the engines' own properties have (expected: as grpc-java takes it)"
						.formatted(property, target),
					"Write it without the scheme, host:port, or with dns:///.");
		}
	}

	private static RefusedException refusal(String property, String target, String when) {
		return new RefusedException(
				"%s is %s, which grpc-java does not resolve %s (expected: one address of static: or dns:)"
					.formatted(property, target, when),
				"Write static:// and one address, or dns:/// and a name that resolves to all of them, with its port.");
	}

}
