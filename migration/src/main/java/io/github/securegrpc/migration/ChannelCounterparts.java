package io.github.securegrpc.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static java.util.Map.entry;

/**
 * What becomes of {@code grpc.client.*}.
 */
final class ChannelCounterparts {

	private static final int GLOBAL_LENGTH = "grpc.client.GLOBAL".length();

	private static final String BUNDLE = "no counterpart here: a spring.ssl.bundle.* with it, named by "
			+ "secure-grpc.client.channels.<name>.bundle";

	static final Map<String, Counterpart> ALL = Map.ofEntries(entry("address", ChannelCounterparts::address),
			entry("defaultloadbalancingpolicy", Counterpart.renamed("default.load-balancing-policy")),
			entry("enablekeepalive", ChannelCounterparts::enableKeepAlive),
			entry("keepalivetime", Counterpart.keepAlive("keepalive.time")),
			entry("keepalivetimeout", Counterpart.keepAlive("keepalive.timeout")),
			entry("keepalivewithoutcalls", Counterpart.keepAlive("keepalive.without-calls")),
			entry("maxinboundmessagesize", Counterpart.size("inbound.message.max-size")),
			entry("maxinboundmetadatasize", Counterpart.size("inbound.metadata.max-size")),
			entry("useragent", Counterpart.renamed("user-agent")),
			entry("shutdowngraceperiod",
					Counterpart
						.none("no counterpart: ChannelBuilderOptions.withShutdownGracePeriod, given to createChannel")),
			entry("immediateconnecttimeout",
					Counterpart.none("no counterpart: a channel connects with its first call")),
			entry("negotiationtype", ChannelCounterparts::negotiation),
			entry("security.clientauthenabled", ChannelCounterparts::clientAuth),
			entry("security.certificatechain", identity("cert")), entry("security.privatekey", identity("key")),
			entry("security.privatekeypassword", identity("key-password")),
			entry("security.trustcertcollection", Counterpart.file("ca")),
			entry("security.authorityoverride", ChannelCounterparts::serverName),
			entry("security.ciphers", Counterpart.none(BUNDLE)), entry("security.protocols", Counterpart.none(BUNDLE)),
			entry("security.keystore", Counterpart.none(BUNDLE)),
			entry("security.keystoreformat", Counterpart.none(BUNDLE)),
			entry("security.keystorepassword", Counterpart.none(BUNDLE)),
			entry("security.truststore", Counterpart.none(BUNDLE)),
			entry("security.truststoreformat", Counterpart.none(BUNDLE)),
			entry("security.truststorepassword", Counterpart.none(BUNDLE)));

	private ChannelCounterparts() {
	}

	private static List<Setting> address(Setting setting, Place place) {
		String address = setting.value();
		if (place.key().isGlobal()) {
			return List.of(setting.marked("no counterpart: every channel has a target of its own"));
		}
		if (address.startsWith("discovery:") || address.startsWith("self:")) {
			return List.of(setting.marked("no counterpart: Spring Boot has no resolver for it. Set "
					+ place.boot("target") + " to what it stood for"));
		}
		if (address.startsWith("static:") && address.contains(",")) {
			return List.of(setting.marked("no counterpart: Spring Boot dials one of static:. Set "
					+ place.boot("target") + " to dns:/// and a name that resolves to all of them"));
		}
		Setting moved = setting.named(place.boot("target"));
		return List.of((place.isPlaintext() || address.startsWith("in-process:")) ? moved
				: moved.marked("TLS, as it was, with secure-grpc only: without it, Spring Boot speaks plaintext"));
	}

	private static List<Setting> enableKeepAlive(Setting setting, Place place) {
		if (!place.isTrue("enablekeepalive") || place.told("keepalivetime") != null) {
			return List.of();
		}
		// where Spring Boot waits for five minutes
		return List.of(setting.named(place.boot("keepalive.time")).holding("60s"));
	}

	private static List<Setting> negotiation(Setting setting, Place place) {
		return switch (setting.value().toLowerCase(Locale.ROOT)) {
			case "tls" -> List.of();
			case "plaintext", "plaintext_upgrade", "plaintext-upgrade" ->
				List.of(setting.named(place.secured("plaintext")).holding("loopback"));
			default -> List.of(setting
				.marked("TLS is the default; where it was plaintext, " + place.secured("plaintext") + ": loopback"));
		};
	}

	private static List<Setting> clientAuth(Setting setting, Place place) {
		return switch (setting.value().toLowerCase(Locale.ROOT)) {
			case "true" -> List.of();
			case "false" ->
				place.key().isGlobal() ? List.of() : List.of(setting.named(place.secured("cert")).holding("none"));
			default -> List.of(setting.marked("a channel that has a certificate presents it; where it was not true, "
					+ place.secured("cert") + ": none"));
		};
	}

	private static Counterpart identity(String name) {
		Counterpart moved = name.endsWith("password") ? Counterpart.secured(name) : Counterpart.file(name);
		return (setting, place) -> place.isTrue("security.clientauthenabled") ? moved.of(setting, place) : List
			.of(setting.marked("was not presented without client-auth-enabled; " + place.secured(name) + " would be"));
	}

	private static List<Setting> serverName(Setting setting, Place place) {
		return List.of(place.key().isGlobal()
				? setting.marked("no counterpart: secure-grpc.client.channels.<name>.server-name of each")
				: setting.named(place.secured("server-name")));
	}

	// What all channels inherit, repeated for each that is named: in Spring Boot those
	// inherit nothing.
	static List<Setting> inherited(List<Setting> document) {
		List<String> names = document.stream()
			.map((setting) -> NetDevhKey.of(setting.key()))
			.filter((key) -> key != null && !key.isServer() && !key.isGlobal())
			.map((key) -> String.valueOf(key.channel()))
			.distinct()
			.toList();
		List<Setting> all = new ArrayList<>(document);
		for (Setting setting : document) {
			NetDevhKey key = NetDevhKey.of(setting.key());
			if (key != null && key.isGlobal() && !key.isOfTls() && !setting.isMarked() && ALL.containsKey(key.name())) {
				names.stream()
					.filter((name) -> document.stream()
						.noneMatch((other) -> new NetDevhKey(name, key.name()).equals(NetDevhKey.of(other.key()))))
					.forEach((name) -> all.add(setting.withoutComments()
						.named("grpc.client." + name + setting.key().substring(GLOBAL_LENGTH))));
			}
		}
		return all;
	}

}
