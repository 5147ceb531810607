package io.github.securegrpc.application;

import io.grpc.netty.NettyChannelBuilder;
import io.netty.pkitesting.CertificateBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What in the settings keeps an application from starting, before it opens its port.
 */
class SettingGuardTests extends StartGuards {

	@ParameterizedTest
	@ValueSource(strings = { "require", "optional" })
	void clientAuthWithoutCa(String wanted) {
		refuses("client-auth is %s without a ca".formatted(wanted),
				with(pair(this.cert, this.key), "secure-grpc.server.client-auth=" + wanted));
	}

	@ParameterizedTest
	@ValueSource(strings = { "handshake-timeout=0s", "max-connection-age=-1s", "limits.calls-per-connection=0",
			"limits.resets=-1", "limits.resets-window=500ms", "limits.resets-window=1500ms", "limits.connections=0",
			"max-connection-age=60ms" })
	void limitThatLetsNothingThrough(String limit) {
		refuses("secure-grpc.server." + limit.substring(0, limit.indexOf('=')) + " is ",
				with(pair(this.cert, this.key), "secure-grpc.server." + limit));
	}

	@ParameterizedTest
	@CsvSource({ "localhost:50051, with a port", "https://localhost, a URI", "spiffe://prod/ledger, a URI",
			"my_service, with an underscore", "local host, which no certificate", "a..b, which no certificate" })
	void serverNameThatNoCertificateMatches(String name, String objection) {
		refuses("secure-grpc.client.channels.a.server-name is '%s', %s".formatted(name, objection),
				with(pair(this.cert, this.key), "grpc.client.a.address=static://127.0.0.1:1",
						"secure-grpc.client.channels.a.server-name=" + name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "static://my_service:1", "dns:///my_service:1" })
	void dialledNameThatNoCertificateMatches(String address) {
		refuses("the channel a dials %s, with an underscore".formatted(address),
				with(pair(this.cert, this.key), "grpc.client.a.address=" + address));
	}

	@ParameterizedTest
	@ValueSource(strings = { "static://127.0.0.1:1,127.0.0.1:2", "ipv4:127.0.0.1:1,127.0.0.1:2", "ipv4:127.0.0.1:1",
			"ipv6:[::1]:1" })
	void addressThatGrpcDoesNotResolve(String address) {
		refuses("%s is %s, which grpc-java does not resolve"
			.formatted(TestEngine.current().name("grpc.client.a.address"), address),
				with(pair(this.cert, this.key), "grpc.client.a.address=" + address));
	}

	/* What is refused is what really cannot be dialled. */
	@ParameterizedTest
	@ValueSource(strings = { "static://127.0.0.1:1,127.0.0.1:2", "ipv4:127.0.0.1:1,127.0.0.1:2", "ipv4:127.0.0.1:1" })
	void grpcDoesNotResolveTheAddress(String address) {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> NettyChannelBuilder.forTarget(address).build().shutdownNow());
	}

	@Test
	void handshakeTimeoutInWhichNobodyConnects() {
		refuses("secure-grpc.server.handshake-timeout is PT0.005S, in which nobody gets a connection",
				with(pair(this.cert, this.key), "secure-grpc.server.handshake-timeout=5ms"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "14ms", "-1d", "86400" })
	void warningThatNeverOrAlwaysComes(String time) {
		refuses("secure-grpc.expiry.warn-before is ",
				with(pair(this.cert, this.key), "secure-grpc.expiry.warn-before=" + time));
	}

	@Test
	void handshakeTimeoutThatNettyWouldCutShort() {
		refuses("secure-grpc.server.handshake-timeout is PT11S (expected: at most PT10S",
				with(pair(this.cert, this.key), "secure-grpc.server.handshake-timeout=11s"));
	}

	@Test
	void plaintextLoopbackOnEveryAddress() {
		refuses("but the server listens on *", "secure-grpc.server.plaintext=loopback", "grpc.server.address=*");
	}

	@Test
	void plaintextLoopbackChannelToElsewhere() {
		refuses("dials static://192.0.2.1:1", "secure-grpc.server.plaintext=loopback",
				"grpc.client.far.address=static://192.0.2.1:1", "secure-grpc.client.channels.far.plaintext=loopback");
	}

	@Test
	void plaintextBesideCertificate() {
		refuses("secure-grpc.server.plaintext is loopback, but TLS settings stand beside it",
				with(pair(this.cert, this.key), "secure-grpc.server.plaintext=loopback"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "client-auth=require", "client-auth=optional", "protocols=TLSv1.3",
			"ciphers=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256" })
	void plaintextBesideOtherTlsSettings(String setting) {
		for (String plaintext : new String[] { "loopback", "anywhere" }) {
			refuses("secure-grpc.server.plaintext is %s, but TLS settings".formatted(plaintext),
					"secure-grpc.server.plaintext=" + plaintext, "secure-grpc.server." + setting);
		}
	}

	@Test
	void cipherThatHttp2Forbids() {
		refuses("TLS_RSA_WITH_AES_128_CBC_SHA",
				with(pair(this.cert, this.key), "secure-grpc.server.ciphers=TLS_RSA_WITH_AES_128_CBC_SHA"));
	}

	@Test
	void malformedPin() {
		refuses("'abc' is not a pin", with(pair(this.cert, this.key), "grpc.client.a.address=static://127.0.0.1:1",
				"secure-grpc.client.channels.a.pins=abc"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "pins", "server-name" })
	void emptyValueOfAChannel(String property) {
		refuses("secure-grpc.client.channels.a.%s is empty".formatted(property), with(pair(this.cert, this.key),
				"grpc.client.a.address=static://127.0.0.1:1", "secure-grpc.client.channels.a.%s=".formatted(property)));
	}

	@Test
	void opensslWithEd25519() {
		refuses("does no TLS with a key of type Ed25519",
				with(pair(TestCertificates.issue((builder) -> builder.subject("CN=x")
					.addSanDnsName("localhost")
					.algorithm(CertificateBuilder.Algorithm.ed25519), this.ca)), "secure-grpc.provider=openssl"));
	}

	@Test
	void unknownPropertyWithTheNearestName() {
		refuses("secure-grpc.sever.cert is not a property", "secure-grpc.sever.cert=x");
	}

	@Test
	void unknownPropertyOfAChannel() {
		refuses("secure-grpc.client.channels.a.severname is not a property",
				"secure-grpc.client.channels.a.severname=x");
	}

	@Test
	void devCaThatIsNotThere() {
		refuses("the dev CA is not on the class path", "secure-grpc.dev-ca.enabled=true");
	}

}
