package io.github.securegrpc.devh.repair;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import net.devh.boot.grpc.server.security.authentication.X509CertificateAuthentication;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class LeafAuthenticationReaderTests {

	private final LeafAuthenticationReader reader = new LeafAuthenticationReader();

	private final SSLSession session = mock(SSLSession.class);

	@Test
	void firstCertificateIsThePeer() throws Exception {
		X509Certificate leaf = mock(X509Certificate.class);
		given(this.session.getPeerCertificates())
			.willReturn(new Certificate[] { leaf, mock(X509Certificate.class), mock(X509Certificate.class) });
		assertThat(this.reader.readAuthentication(call(), new Metadata()))
			.isInstanceOfSatisfying(X509CertificateAuthentication.class, (authentication) -> {
				assertThat(authentication.getCredentials()).isSameAs(leaf);
				assertThat(authentication.isAuthenticated()).isFalse();
			});
	}

	@Test
	void callWithoutTlsHasNoAuthentication() {
		ServerCall<?, ?> plaintext = mock(ServerCall.class);
		given(plaintext.getAttributes()).willReturn(Attributes.EMPTY);
		assertThat(this.reader.readAuthentication(plaintext, new Metadata())).isNull();
	}

	@Test
	void peerWithoutCertificateHasNoAuthentication() throws Exception {
		given(this.session.getPeerCertificates()).willThrow(new SSLPeerUnverifiedException("no certificate"));
		assertThat(this.reader.readAuthentication(call(), new Metadata())).isNull();
	}

	@Test
	void emptyChainHasNoAuthentication() throws Exception {
		given(this.session.getPeerCertificates()).willReturn(new Certificate[0]);
		assertThat(this.reader.readAuthentication(call(), new Metadata())).isNull();
	}

	@Test
	void leafOfAnotherKindIsNotReplacedByTheNextCertificate() throws Exception {
		given(this.session.getPeerCertificates())
			.willReturn(new Certificate[] { mock(Certificate.class), mock(X509Certificate.class) });
		assertThat(this.reader.readAuthentication(call(), new Metadata())).isNull();
	}

	private ServerCall<?, ?> call() {
		ServerCall<?, ?> call = mock(ServerCall.class);
		given(call.getAttributes())
			.willReturn(Attributes.newBuilder().set(Grpc.TRANSPORT_ATTR_SSL_SESSION, this.session).build());
		return call;
	}

}
