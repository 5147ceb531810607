package io.github.securegrpc.migration;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Where a setting stands: whose it is, and what else its document says.
 *
 * @param key what is set
 * @param document everything that the document sets
 */
record Place(NetDevhKey key, List<Setting> document) {

	// Name of the same owner's setting in Spring Boot.
	String boot(String name) {
		if (this.key.isServer()) {
			return "spring.grpc.server." + name;
		}
		return "spring.grpc.client.channel." + (this.key.isGlobal() ? "default" : this.key.channel()) + "." + name;
	}

	// Name of the same owner's setting among ours.
	String secured(String name) {
		if (this.key.isServer()) {
			return "secure-grpc.server." + name;
		}
		return "secure-grpc.client." + (this.key.isGlobal() ? "" : "channels." + this.key.channel() + ".") + name;
	}

	// What the owner is told by another setting, its own or that of all channels.
	@Nullable String told(String name) {
		String own = find(new NetDevhKey(this.key.channel(), name));
		return (own != null || this.key.isServer()) ? own : find(new NetDevhKey(NetDevhKey.GLOBAL, name));
	}

	boolean isTrue(String name) {
		return "true".equalsIgnoreCase(told(name));
	}

	boolean isPlaintext() {
		String told = told("negotiationtype");
		return told != null && told.toLowerCase(Locale.ROOT).startsWith("plaintext");
	}

	private @Nullable String find(NetDevhKey wanted) {
		return this.document.stream()
			.filter((setting) -> wanted.equals(NetDevhKey.of(setting.key())))
			.map(Setting::value)
			.findFirst()
			.orElse(null);
	}

}
