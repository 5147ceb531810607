package io.github.securegrpc.material.source;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslOptions;

/**
 * The protocols and ciphers that a bundle asks for. Empty means that it asks for none.
 *
 * @param protocols the protocols to enable
 * @param ciphers the cipher suites to enable
 * @since 0.1.0
 */
public record BundleOptions(List<String> protocols, List<String> ciphers) {

	/** No wishes. */
	public static final BundleOptions NONE = new BundleOptions(List.of(), List.of());

	static BundleOptions of(NamedBundle bundle) {
		SslOptions options = bundle.get().getOptions();
		return new BundleOptions(list(options.getEnabledProtocols()), list(options.getCiphers()));
	}

	private static List<String> list(String @Nullable [] values) {
		return (values != null) ? List.of(values) : List.of();
	}

}
