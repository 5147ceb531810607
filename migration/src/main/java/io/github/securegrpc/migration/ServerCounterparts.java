package io.github.securegrpc.migration;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import static java.util.Map.entry;

/**
 * What becomes of {@code grpc.server.*}.
 */
final class ServerCounterparts {

	private static final String KEY_STORE = "no counterpart here: a spring.ssl.bundle.jks.* with it, named by "
			+ "secure-grpc.server.bundle";

	static final Map<String, Counterpart> ALL = Map.ofEntries(entry("address", ServerCounterparts::address),
			entry("port", ServerCounterparts::port), entry("inprocessname", Counterpart.renamed("inprocess.name")),
			entry("shutdowngraceperiod", Counterpart.seconds("shutdown.grace-period")),
			entry("enablekeepalive", (setting, place) -> List.of()),
			entry("keepalivetime", Counterpart.keepAlive("keepalive.time")),
			entry("keepalivetimeout", Counterpart.keepAlive("keepalive.timeout")),
			entry("permitkeepalivetime", Counterpart.seconds("keepalive.permit.time")),
			entry("permitkeepalivewithoutcalls", Counterpart.renamed("keepalive.permit.without-calls")),
			entry("maxconnectionidle", Counterpart.seconds("keepalive.connection.max-idle-time")),
			entry("maxconnectionage", Counterpart.seconds("keepalive.connection.max-age")),
			entry("maxconnectionagegrace", Counterpart.seconds("keepalive.connection.grace-period")),
			entry("maxinboundmessagesize", Counterpart.size("inbound.message.max-size")),
			entry("maxinboundmetadatasize", Counterpart.size("inbound.metadata.max-size")),
			entry("healthserviceenabled", Counterpart.renamed("health.enabled")),
			entry("reflectionserviceenabled", Counterpart.renamed("reflection.enabled")),
			entry("security.enabled", ServerCounterparts::enabled),
			entry("security.certificatechain", Counterpart.file("cert")),
			entry("security.privatekey", Counterpart.file("key")),
			entry("security.privatekeypassword", Counterpart.secured("key-password")),
			entry("security.trustcertcollection", ServerCounterparts::trust),
			entry("security.clientauth", ServerCounterparts::clientAuth),
			entry("security.ciphers", Counterpart.list("ciphers")),
			entry("security.protocols", Counterpart.list("protocols")),
			entry("security.keystore", Counterpart.none(KEY_STORE)),
			entry("security.keystoreformat", Counterpart.none(KEY_STORE)),
			entry("security.keystorepassword", Counterpart.none(KEY_STORE)),
			entry("security.truststore", Counterpart.none(KEY_STORE)),
			entry("security.truststoreformat", Counterpart.none(KEY_STORE)),
			entry("security.truststorepassword", Counterpart.none(KEY_STORE)));

	private static final Set<String> CLIENT_AUTH = Set.of("none", "optional", "require");

	private ServerCounterparts() {
	}

	private static List<Setting> address(Setting setting, Place place) {
		String address = setting.value();
		if (address.equals("*")) {
			return List.of();
		}
		if (address.startsWith("unix:")) {
			return List.of(setting.named(place.boot("netty.domain-socket-path"))
				.holding(address.replaceFirst("^unix:(//)?", "")));
		}
		return Counterpart.renamed("address").of(setting, place);
	}

	private static List<Setting> port(Setting setting, Place place) {
		if (setting.value().startsWith("-")) {
			return List.of(setting.marked("no counterpart: Spring Boot's server listens, or there is none at all"));
		}
		String address = place.told("address");
		if (address != null && address.startsWith("unix:")) {
			return List.of(setting.marked("no counterpart: with a domain socket, Spring Boot allows no port"));
		}
		return Counterpart.renamed("port").of(setting, place);
	}

	private static List<Setting> enabled(Setting setting, Place place) {
		return switch (setting.value().toLowerCase(Locale.ROOT)) {
			case "true" -> List.of();
			case "false" -> List.of(setting.named(place.secured("plaintext")).holding("loopback"));
			default -> List.of(setting
				.marked("TLS is the default; where it was not true, " + "secure-grpc.server.plaintext: loopback"));
		};
	}

	private static List<Setting> trust(Setting setting, Place place) {
		return Counterpart.file("ca")
			.of((place.told("security.clientauth") != null) ? setting : setting.marked(
					"clients must have a certificate now; net.devh's server asked for none, as client-auth: none does"),
					place);
	}

	private static List<Setting> clientAuth(Setting setting, Place place) {
		String lower = setting.value().toLowerCase(Locale.ROOT);
		Setting moved = setting.named(place.secured("client-auth"));
		return List.of(CLIENT_AUTH.contains(lower) ? moved.holding(lower) : moved.marked("none, optional or require"));
	}

}
