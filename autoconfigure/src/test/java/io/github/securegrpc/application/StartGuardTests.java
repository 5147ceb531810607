package io.github.securegrpc.application;

import java.time.Duration;
import java.time.Instant;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.TestCertificates;

/**
 * What in the files of the material keeps an application from starting, before it opens
 * its port.
 */
class StartGuardTests extends StartGuards {

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

}
