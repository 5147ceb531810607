package io.github.securegrpc.migration;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A key of net.devh's server, or of one of its channels.
 *
 * @param channel whose it is, none for the server's
 * @param name what it sets: lower case, without dashes and underscores
 */
record NetDevhKey(@Nullable String channel, String name) {

	// The channel whose settings every other inherits.
	static final String GLOBAL = "GLOBAL";

	private static final Pattern SERVER = Pattern.compile("grpc\\.server\\.(.+)");

	private static final Pattern CLIENT = Pattern.compile("grpc\\.client\\.(\\[[^]]+]|[^.]+)\\.(.+)");

	static @Nullable NetDevhKey of(String key) {
		Matcher server = SERVER.matcher(key);
		if (server.matches()) {
			return new NetDevhKey(null, canonical(server.group(1)));
		}
		Matcher client = CLIENT.matcher(key);
		return client.matches() ? new NetDevhKey(client.group(1), canonical(client.group(2))) : null;
	}

	static boolean isIn(List<Setting> settings) {
		return settings.stream().anyMatch((setting) -> of(setting.key()) != null);
	}

	boolean isServer() {
		return this.channel == null;
	}

	boolean isGlobal() {
		return GLOBAL.equals(this.channel);
	}

	// Whether it says what protects the transport.
	boolean isOfTls() {
		return this.name.startsWith("security.") || this.name.equals("negotiationtype");
	}

	private static String canonical(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
	}

}
