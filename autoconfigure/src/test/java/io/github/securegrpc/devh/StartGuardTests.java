package io.github.securegrpc.devh;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What does not start: each guard by a whole application, with the message it gives.
 */
class StartGuardTests {

	private final X509Bundle ca = TestCertificates.authority("ca");

	private final X509Bundle server = TestCertificates.server(this.ca);

	@TempDir
	private Path directory = Path.of("");

	private String cert = "";

	private String key = "";

	@BeforeEach
	void writePair() {
		this.cert = file("tls.crt", TestCertificates.pem(this.server.getCertificate()));
		this.key = file("tls.key", TestCertificates.pem(this.server.getKeyPair().getPrivate()));
	}

	@Test
	void serverWithoutCertificate() {
		refuses("the gRPC server has no certificate");
	}

	@Test
	void halfPair() {
		refuses("secure-grpc.server.cert is set without secure-grpc.server.key",
				"secure-grpc.server.cert=" + this.cert);
	}

	@Test
	void bundleBesideCert() {
		refuses("secure-grpc.server.bundle and secure-grpc.server.cert are both set",
				"secure-grpc.server.cert=" + this.cert, "secure-grpc.server.key=" + this.key,
				"secure-grpc.server.bundle=x");
	}

	@Test
	void unknownBundle() {
		refuses("names the bundle 'x', which does not exist", "secure-grpc.server.bundle=x");
	}

	@Test
	void missingFile() {
		refuses("does not exist", pair(this.directory.resolve("none.crt").toString(), this.key));
	}

	@Test
	void emptyFile() {
		refuses("holds nothing (0 bytes)", pair(file("empty.crt", ""), this.key));
	}

	@Test
	void otherFormat() {
		refuses("holds text without a PEM block", pair(file("text.crt", "hello"), this.key));
	}

	@Test
	void cutOffFile() {
		String whole = TestCertificates.pem(this.server.getCertificate());
		refuses("is cut off", pair(file("half.crt", whole.substring(0, whole.length() / 2)), this.key));
	}

	@Test
	void keyOfAnotherCertificate() {
		X509Bundle other = TestCertificates.server(this.ca);
		refuses("does not belong to the leaf",
				pair(this.cert, file("other.key", TestCertificates.pem(other.getKeyPair().getPrivate()))));
	}

	@Test
	void expiredLeaf() {
		refuses("expired at", pair(issue((builder) -> builder.notAfter(Instant.now().minus(Duration.ofMinutes(5))))));
	}

	@Test
	void leafNotYetValid() {
		refuses("is not valid before",
				pair(issue((builder) -> builder.notBefore(Instant.now().plus(Duration.ofMinutes(5))))));
	}

	@Test
	void serverLeafWithoutName() {
		refuses("has no subject alternative name",
				pair(TestCertificates.issue((builder) -> builder.subject("CN=localhost"), this.ca)));
	}

	@Test
	void clientLeafOnServer() {
		refuses("is not for servers", pair(TestCertificates.client(this.ca)));
	}

	@Test
	void chainNotConnected() {
		refuses("is not issued by certificate 2", pair(file("chain.crt", TestCertificates
			.pem(this.server.getCertificate(), TestCertificates.authority("other").getCertificate())), this.key));
	}

	@Test
	void caFileWithoutCertificate() {
		refuses("holds no certificate, only PRIVATE KEY",
				with(pair(this.cert, this.key), "secure-grpc.server.ca=" + this.key));
	}

	@Test
	void clientAuthWithoutCa() {
		refuses("client-auth is require without a ca",
				with(pair(this.cert, this.key), "secure-grpc.server.client-auth=require"));
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
		refuses("secure-grpc.server.plaintext is LOOPBACK, but a certificate",
				with(pair(this.cert, this.key), "secure-grpc.server.plaintext=loopback"));
	}

	@Test
	void engineOwnsTlsToo() {
		refuses("grpc.server.security.enabled is true",
				with(pair(this.cert, this.key), "grpc.server.security.enabled=true"));
	}

	@Test
	void engineOwnsChannelTlsToo() {
		refuses("grpc.client.a.security.* is set", with(pair(this.cert, this.key),
				"grpc.client.a.address=static://127.0.0.1:1", "grpc.client.a.security.authority-override=x"));
	}

	@Test
	void engineSaysPlaintext() {
		refuses("grpc.client.a.negotiation-type is PLAINTEXT", with(pair(this.cert, this.key),
				"grpc.client.a.address=static://127.0.0.1:1", "grpc.client.a.negotiation-type=PLAINTEXT"));
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

	@Test
	void opensslWithEd25519() {
		refuses("cannot sign with an Ed25519",
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

	private void refuses(String message, String... properties) {
		assertThatThrownBy(() -> TestApplication.start(properties).close()).satisfies((ex) -> {
			Throwable cause = ex;
			while (cause != null && !(cause instanceof RefusedException)) {
				cause = cause.getCause();
			}
			org.assertj.core.api.Assertions.assertThat(cause)
				.isInstanceOf(RefusedException.class)
				.hasMessageContaining(message)
				.message()
				.doesNotContain(TestCertificates.pem(this.server.getKeyPair().getPrivate()).substring(30, 90));
		});
	}

	private X509Bundle issue(java.util.function.UnaryOperator<CertificateBuilder> customizer) {
		return TestCertificates
			.issue((builder) -> customizer.apply(builder.subject("CN=server").addSanDnsName("localhost")), this.ca);
	}

	private String[] pair(X509Bundle bundle) {
		return pair(file("issued.crt", TestCertificates.pem(bundle.getCertificate())),
				file("issued.key", TestCertificates.pem(bundle.getKeyPair().getPrivate())));
	}

	private static String[] pair(String cert, String key) {
		return new String[] { "secure-grpc.server.cert=" + cert, "secure-grpc.server.key=" + key };
	}

	private static String[] with(String[] properties, String... more) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.addAll(List.of(more));
		return all.toArray(String[]::new);
	}

	private String file(String name, String content) {
		return TestCertificates.write(this.directory.resolve(name), content).toString();
	}

}
