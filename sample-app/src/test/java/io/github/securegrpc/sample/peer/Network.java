package io.github.securegrpc.sample.peer;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;

import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.certs.AuthorityRequest;
import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.LeafRequest;
import io.github.securegrpc.certs.SubjectAlternativeName;

/**
 * A network of peers on this machine: the n-th is at 127.0.0.n, as is n + 10, and has two
 * certificates of the network's CA that name this address, one for its server and one for
 * its client.
 */
final class Network {

	static final Duration LONG = Duration.ofDays(1);

	private final int[] ports = new int[20];

	private final Depot depot;

	private final CertificateAuthority authority;

	private final CertificateAuthority stranger;

	Network(Path directory) {
		this.depot = Depot.pem(directory);
		this.authority = authority("ca");
		this.stranger = authority("stranger");
		Arrays.setAll(this.ports, (number) -> TestSocketUtils.findAvailableTcpPort());
	}

	private CertificateAuthority authority(String name) {
		return CertificateAuthority.create(this.depot, AuthorityRequest.named(name), Clock.systemUTC());
	}

	/* Also in the place of those it has. */
	void issue(int number, Duration life) {
		issue(this.authority, number, life);
	}

	void issueOfAnotherAuthority(int number) {
		issue(this.stranger, number, LONG);
	}

	private void issue(CertificateAuthority issuer, int number, Duration life) {
		SubjectAlternativeName name = SubjectAlternativeName.ip(host(number));
		this.depot.replace("server" + number,
				issuer.issue(LeafRequest.server("server" + number, name).withValidity(life)));
		this.depot.replace("client" + number,
				issuer.issue(LeafRequest.client("client" + number, name).withValidity(life)));
	}

	Depot depot() {
		return this.depot;
	}

	static String host(int number) {
		return "127.0.0." + number % 10;
	}

	int port(int number) {
		return this.ports[number];
	}

	String address(int number) {
		return host(number) + ":" + port(number);
	}

}
