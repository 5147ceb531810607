package io.github.securegrpc.peer;

import java.net.InetAddress;
import java.util.List;

import io.grpc.Metadata;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.securegrpc.peer.rules.TrustedProxies;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What of the words of a trusted proxy counts, with 127.0.0.1 and 10.0.0.0/8 trusted.
 */
class ForwardedForTests {

	private final ForwardedFor forwardedFor = new ForwardedFor(TrustedProxies.of(List.of("127.0.0.1", "10.0.0.0/8")));

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", value = {
			// one proxy, which appends whom it has seen
			"203.0.113.7 | - | 203.0.113.7", "198.51.100.1, 203.0.113.7 | - | 203.0.113.7",
			"10.0.0.1, 203.0.113.7 | - | 203.0.113.7", "rubbish, 203.0.113.7 | - | 203.0.113.7",
			"2001:db8::1 | - | 2001:db8:0:0:0:0:0:1", "203.0.113.7:4711 | - | 203.0.113.7",
			"[2001:db8::1]:4711 | - | 2001:db8:0:0:0:0:0:1", "[2001:db8::1] | - | 2001:db8:0:0:0:0:0:1",
			// two of them
			"203.0.113.7, 10.0.0.1 | - | 203.0.113.7", "198.51.100.1, 203.0.113.7, 10.0.0.1 | - | 203.0.113.7",
			// nothing but proxies: the first
			"10.0.0.2, 10.0.0.1 | - | 10.0.0.2", "127.0.0.1 | - | 127.0.0.1",
			// what is no address stands for nobody, and nobody before it is asked
			"203.0.113.7, unknown, 10.0.0.1 | - | -", "unknown | - | -", "'' | - | -", "203.0.113.7, | - | -",
			"localhost | - | -", "203.0.113.7.evil.example | - | -", "1 | - | -",
			// the other header
			"- | 203.0.113.7 | 203.0.113.7", "- | localhost | -", "- | 203.0.113.7, 203.0.113.8 | -",
			// a proxy that sets one of them passes on a forged one
			"203.0.113.7 | 198.51.100.1 | -", "198.51.100.1 | 203.0.113.7 | -",
			"198.51.100.1, 203.0.113.7 | 203.0.113.7 | 203.0.113.7", "203.0.113.7 | rubbish | -",
			// and one in front of it is none of ours
			"203.0.113.7, 10.0.0.1 | 10.0.0.1 | 203.0.113.7", "203.0.113.7, 10.0.0.1 | 203.0.113.7 | 203.0.113.7",
			"198.51.100.1, 203.0.113.7, 10.0.0.1 | 198.51.100.1 | -", "- | - | -" })
	void addressOfTheClient(String forwardedFor, String realIp, String expected) {
		Metadata headers = new Metadata();
		put(headers, "x-forwarded-for", forwardedFor);
		put(headers, "x-real-ip", realIp);
		InetAddress client = this.forwardedFor.client(headers);
		assertThat((client != null) ? client.getHostAddress() : null).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "203.0.113.7, 10.0.0.1, 203.0.113.7", "198.51.100.1, 203.0.113.7, 203.0.113.7" })
	void headersOfOneNameAreOneList(String first, String second, String expected) {
		Metadata headers = new Metadata();
		put(headers, "x-forwarded-for", first);
		put(headers, "x-forwarded-for", second);
		InetAddress client = this.forwardedFor.client(headers);
		assertThat((client != null) ? client.getHostAddress() : null).isEqualTo(expected);
	}

	private static void put(Metadata headers, String name, String value) {
		if (value != null) {
			headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
		}
	}

}
