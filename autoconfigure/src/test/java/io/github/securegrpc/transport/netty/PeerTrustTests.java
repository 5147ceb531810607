package io.github.securegrpc.transport.netty;

import java.security.cert.X509Certificate;
import java.time.Instant;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.rotation.Generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Peers that cannot be judged.
 */
class PeerTrustTests {

	private final SSLSession session = mock(SSLSession.class);

	private final SSLEngine engine = mock(SSLEngine.class);

	private final X509ExtendedTrustManager judge = mock(X509ExtendedTrustManager.class);

	@ParameterizedTest
	@ValueSource(classes = { IllegalStateException.class, StackOverflowError.class })
	void whoCannotBeJudgedIsNotAccepted(Class<? extends Throwable> failure) throws Exception {
		given(this.session.getCipherSuite()).willReturn("TLS_AES_128_GCM_SHA256");
		given(this.session.getPeerCertificates())
			.willReturn(TestCertificates.server(TestCertificates.authority("ca")).getCertificatePath());
		given(this.engine.getSession()).willReturn(this.session);
		given(this.engine.getUseClientMode()).willReturn(true);
		willThrow(failure).given(this.judge)
			.checkServerTrusted(any(X509Certificate[].class), any(), any(SSLEngine.class));
		PeerTrust trust = PeerTrust.of(new Generation(1, new TlsMaterial(null, null), Instant.EPOCH), this.judge);
		assertThat(trust.refusal(this.engine)).hasMessageContaining("the peer cannot be judged: " + failure.getName());
	}

}
