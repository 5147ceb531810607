package io.github.securegrpc.sample.peer;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who this node is, and whom it believes.
 *
 * @param address where its peers call it, host:port
 * @param join the peers that it calls until they are neighbours
 * @param claimedAddress whether a peer's address is believed
 * @param claims what peers may claim beside what their certificates name
 * @param maxMembers how many neighbours it has at most, those of {@code join} apart
 */
@ConfigurationProperties("sample.peer")
record PeerProperties(@DefaultValue("") String address, @DefaultValue List<String> join,
		@DefaultValue("verified") ClaimedAddress claimedAddress, @DefaultValue List<Claim> claims,
		@DefaultValue("64") int maxMembers) {

	private static final Pattern NAME = Pattern.compile("(dns|ip|uri|email|fingerprint):\\S+");

	PeerAddress self() {
		return parse("sample.peer.address", this.address);
	}

	Set<PeerAddress> toJoin() {
		return this.join.stream()
			.map((text) -> parse("sample.peer.join", text))
			.filter((other) -> !other.equals(self()))
			.collect(Collectors.toUnmodifiableSet());
	}

	int members() {
		if (this.maxMembers < 1) {
			throw new PeerException("sample.peer.max-members: %d (expected: 1 or more)".formatted(this.maxMembers),
					"Set sample.peer.max-members to how many neighbours this node may have.");
		}
		return this.maxMembers;
	}

	Claims granted() {
		return new Claims(this.claimedAddress,
				this.claims.stream()
					.map(PeerProperties::granted)
					.flatMap(Set::stream)
					.collect(Collectors.toUnmodifiableSet()));
	}

	private static Set<Claims.Granted> granted(Claim claim) {
		String by = claim.by().strip();
		if (!NAME.matcher(by).matches() || claim.hosts().isEmpty()) {
			throw new PeerException(
					"sample.peer.claims: by %s, hosts %s (expected: a name of a certificate, such as dns:node7, and one host or more)"
						.formatted(Quoted.of(by), claim.hosts()),
					"Write by: as dns:, ip:, uri:, email: or fingerprint: and the name, and list the hosts below hosts:.");
		}
		return claim.hosts().stream().map((text) -> {
			String host = PeerAddress.host(text);
			if (host == null) {
				throw new PeerException(
						"sample.peer.claims: host %s of %s (expected: a host name or IP address, without a port)"
							.formatted(Quoted.of(text), by),
						"Correct the host below sample.peer.claims.");
			}
			return new Claims.Granted(by.startsWith("dns:") ? by.toLowerCase(Locale.ROOT) : by, host);
		}).collect(Collectors.toUnmodifiableSet());
	}

	private static PeerAddress parse(String property, String text) {
		return PeerAddress.parse(text)
			.orElseThrow(() -> new PeerException(
					"%s: %s (expected: host:port, such as 10.1.2.3:6666, [2001:db8::1]:6666 or node1.example.com:6666)"
						.formatted(property, Quoted.of(text)),
					"Set %s to an address at which peers call, with a port that is known beforehand.%s"
						.formatted(property, property.endsWith("address")
								? " Unset, it is grpc.server.address and grpc.server.port, which do not do where the server listens on all addresses or chooses its port."
								: "")));
	}

	/**
	 * A host for who has a name.
	 *
	 * @param by the name in the certificate, as an authorization rule has it
	 * @param hosts the hosts
	 */
	record Claim(@DefaultValue("") String by, @DefaultValue List<String> hosts) {
	}

}
