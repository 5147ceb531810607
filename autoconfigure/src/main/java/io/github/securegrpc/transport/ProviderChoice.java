package io.github.securegrpc.transport;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsProvider;
import io.github.securegrpc.material.check.KeyType;
import io.github.securegrpc.text.PrintableLog;

/**
 * Chooses between OpenSSL and the JDK. What was asked for by name is used or refused,
 * never replaced.
 *
 * @since 0.1.0
 */
public final class ProviderChoice {

	private static final PrintableLog logger = PrintableLog.of(ProviderChoice.class);

	private static final Set<String> TLS13_SUITES = Set.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
			"TLS_CHACHA20_POLY1305_SHA256");

	/* It is the same for every material, and stays so. */
	private static final AtomicBoolean SAID = new AtomicBoolean();

	private ProviderChoice() {
	}

	/**
	 * Chooses for one identity.
	 * @param options what is asked for
	 * @param identity what is to be presented, or {@code null}
	 * @param openSslUnavailable why OpenSSL is not there, or {@code null} if it is
	 * @return {@link TlsProvider#OPENSSL} or {@link TlsProvider#JDK}
	 * @throws RefusedException if OpenSSL was asked for and cannot do it
	 */
	public static TlsProvider choose(TlsOptions options, @Nullable Identity identity,
			@Nullable Throwable openSslUnavailable) {
		if (options.provider() == TlsProvider.JDK) {
			return TlsProvider.JDK;
		}
		if (openSslUnavailable != null) {
			return without(options, openSslUnavailable);
		}
		String obstacle = obstacle(options, identity);
		if (obstacle == null) {
			return TlsProvider.OPENSSL;
		}
		if (options.provider() == TlsProvider.AUTO) {
			logger.info("The TLS provider is jdk, for openssl does not do: " + obstacle);
			return TlsProvider.JDK;
		}
		throw new RefusedException("secure-grpc.provider is openssl, but %s".formatted(obstacle),
				"Set secure-grpc.provider to auto or jdk, or request a certificate for a key that openssl can use, such as EC P-256.");
	}

	private static TlsProvider without(TlsOptions options, Throwable unavailable) {
		String why = (unavailable instanceof ClassNotFoundException) ? "it is not on the class path"
				: "it does not load (" + unavailable + ")";
		if (options.provider() == TlsProvider.OPENSSL) {
			throw new RefusedException("secure-grpc.provider is openssl, but %s".formatted(why),
					"Add io.netty:netty-tcnative-boringssl-static beside grpc-netty, have java.io.tmpdir writable for it, or set secure-grpc.provider to auto or jdk.");
		}
		if (SAID.compareAndSet(false, true)) {
			logger.info("The TLS provider is jdk. Of openssl, by io.netty:netty-tcnative-boringssl-static: " + why);
		}
		return TlsProvider.JDK;
	}

	private static @Nullable String obstacle(TlsOptions options, @Nullable Identity identity) {
		if (identity != null) {
			KeyType type = KeyType.narrowest(identity.privateKey(), identity.leaf());
			if (!type.signers().contains(TlsProvider.OPENSSL)) {
				return "BoringSSL through Netty does no TLS with a key of type %s (expected: %s; the jdk provider also does %s)"
					.formatted(type.name(), KeyType.EVERYWHERE, KeyType.JDK_ALONE);
			}
		}
		List<String> tls13 = options.ciphers().stream().filter(TLS13_SUITES::contains).toList();
		boolean restricted = !options.ciphers().isEmpty() && !Set.copyOf(tls13).equals(TLS13_SUITES);
		return (restricted && options.protocols().contains("TLSv1.3"))
				? "BoringSSL always offers all three suites of TLS 1.3, whatever ciphers says" : null;
	}

}
