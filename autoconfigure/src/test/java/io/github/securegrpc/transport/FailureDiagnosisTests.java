package io.github.securegrpc.transport;

import java.nio.channels.ClosedChannelException;
import java.util.List;

import javax.net.ssl.SSLHandshakeException;

import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said of a handshake that failed, by what either provider has to say.
 */
class FailureDiagnosisTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@ParameterizedTest
	@ValueSource(strings = { "Received fatal alert: certificate_required", "Received fatal alert: bad_certificate",
			"error:10000412:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE", "Connection reset" })
	void channelWithoutACertificateIsToldWhereOneGoes(String message) {
		assertThat(said(message, "ledger", false)).contains("this channel has none")
			.contains("set secure-grpc.client.channels.ledger.cert and key, or secure-grpc.client.cert and key")
			.doesNotContain("our certificate");
		assertThat(said(message, "ledger", true)).contains("most often it does not accept our certificate")
			.doesNotContain("has none");
	}

	@Test
	void connectionThatIsClosedNamesTheLikelyCause() {
		Handshake.Failed failed = FailureDiagnosis.of(new ClosedChannelException(), end("ledger", true));
		assertThat(failed.result()).isEqualTo(HandshakeResult.PEER_CONNECTION_CLOSED);
		assertThat(failed.detail()).contains("most often it does not accept our certificate");
		assertThat(FailureDiagnosis.of(new ClosedChannelException(), end(null, true)).detail())
			.isEqualTo("the connection was closed during the handshake");
	}

	@ParameterizedTest
	@ValueSource(strings = { "error:10000130:SSL routines:OPENSSL_internal:NO_SHARED_GROUP",
			"Unexpected key_share extension", "No supported named group", "No negotiable named group" })
	void groupThatIsNotInCommon(String message) {
		Handshake.Failed failed = FailureDiagnosis.of(new SSLHandshakeException(message), end(null, true));
		assertThat(failed.result()).isEqualTo(HandshakeResult.KEY_EXCHANGE_FAILURE);
		assertThat(failed.detail()).contains("enable a group at the peer");
	}

	@Test
	void clientWithoutACertificateMayHaveOneOfAnotherAuthority() {
		assertThat(said("Empty client certificate chain", null, true)).startsWith(
				"the client presented no certificate: it has none, or none of a CA that it was asked for (CN=ca)");
	}

	private static String said(String message, @Nullable String channel, boolean hasCertificate) {
		return FailureDiagnosis.of(new SSLHandshakeException(message), end(channel, hasCertificate)).detail();
	}

	private static OwnEnd end(@Nullable String channel, boolean hasCertificate) {
		X509Bundle leaf = TestCertificates.server(CA);
		Identity identity = new Identity(leaf.getKeyPair().getPrivate(), List.of(leaf.getCertificate()));
		return OwnEnd.of(channel,
				new TlsMaterial(hasCertificate ? identity : null, new TrustAnchors(List.of(CA.getCertificate()))));
	}

}
