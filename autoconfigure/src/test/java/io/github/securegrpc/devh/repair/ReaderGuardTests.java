package io.github.securegrpc.devh.repair;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import net.devh.boot.grpc.server.security.authentication.AnonymousAuthenticationReader;
import net.devh.boot.grpc.server.security.authentication.BasicGrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.authentication.CompositeGrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.authentication.GrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.authentication.SSLContextGrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.authentication.X509CertificateAuthentication;
import net.devh.boot.grpc.server.security.interceptors.DefaultAuthenticatingServerInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;

import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.Mockito.mock;

class ReaderGuardTests {

	private final SSLContextGrpcAuthenticationReader flawed = new SSLContextGrpcAuthenticationReader();

	@Test
	void refusalNamesTheBeanTheReasonAndTheRemedy() {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> ReaderGuard.checkReader("peers", this.flawed))
			.withMessageContaining("bean 'peers'")
			.withMessageContaining(SSLContextGrpcAuthenticationReader.class.getName())
			.withMessageContaining("last certificate")
			.withMessageContaining("become the administrator")
			.satisfies((ex) -> assertThat(ex.action()).contains("Remove it", LeafAuthenticationReader.class.getName()));
	}

	@Test
	void subclassThatInheritsTheFlawIsRefused() {
		assertRefused(new Inheriting());
	}

	@Test
	void subclassThatAsksItsParentIsRefused() {
		assertRefused(new AskingItsParent());
	}

	@Test
	void subclassThatTakesTheLeafIsAllowed() {
		assertAllowed(new TakingTheLeaf());
	}

	@Test
	void readerThatDelegatesIsRefused() {
		assertRefused((call, headers) -> this.flawed.readAuthentication(call, headers));
	}

	@Test
	void readerThatNamesThePeerByTheLastCertificateIsRefused() {
		assertRefused((call, headers) -> new TestingAuthenticationToken(
				((X509Certificate) chain(call)[1]).getSubjectX500Principal().getName(), null));
	}

	@Test
	void readerInsideACompositeIsRefused() {
		assertRefused(new CompositeGrpcAuthenticationReader(List.of(new BasicGrpcAuthenticationReader(), this.flawed)));
	}

	@Test
	void readerInsideACompositeInsideACompositeIsRefused() {
		assertRefused(new CompositeGrpcAuthenticationReader(
				List.of(new CompositeGrpcAuthenticationReader(List.of(this.flawed)))));
	}

	@Test
	void readerBehindOneThatAnswersFirstIsRefused() {
		assertRefused(
				new CompositeGrpcAuthenticationReader(List.of(new AnonymousAuthenticationReader("key"), this.flawed)));
	}

	@Test
	void compositeOfSafeReadersIsSeenInsideAndAllowed() {
		assertAllowed(new CompositeGrpcAuthenticationReader(
				List.of(new BasicGrpcAuthenticationReader(), new LeafAuthenticationReader())));
	}

	@Test
	void compositeThatCannotBeSeenInsideIsRefused() {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> ReaderGuard.checkReader("peers", mock(CompositeGrpcAuthenticationReader.class)))
			.withMessageContaining("bean 'peers'")
			.withMessageContaining("cannot be seen");
	}

	@Test
	void proxyIsSeenThrough() {
		ProxyFactory proxy = new ProxyFactory(
				new CompositeGrpcAuthenticationReader(List.of(new AnonymousAuthenticationReader("key"), this.flawed)));
		assertRefused((GrpcAuthenticationReader) proxy.getProxy());
	}

	@Test
	void readerInsideAnInterceptorIsRefused() {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> ReaderGuard.checkInterceptor("calls", interceptor(this.flawed)))
			.withMessageContaining("bean 'calls'");
	}

	@Test
	void interceptorWithASafeReaderIsSeenInsideAndAllowed() {
		assertThatNoException()
			.isThrownBy(() -> ReaderGuard.checkInterceptor("calls", interceptor(new LeafAuthenticationReader())));
	}

	@Test
	void readersThatDoNotTakeTheLastCertificateAreAllowed() {
		assertAllowed(new LeafAuthenticationReader());
		assertAllowed(new BasicGrpcAuthenticationReader());
		assertAllowed(new AnonymousAuthenticationReader("key"));
		assertAllowed((call, headers) -> {
			throw new BadCredentialsException("no token");
		});
	}

	private static void assertRefused(GrpcAuthenticationReader reader) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> ReaderGuard.checkReader("peers", reader))
			.withMessageContaining("takes the last certificate");
	}

	private static void assertAllowed(GrpcAuthenticationReader reader) {
		assertThatNoException().isThrownBy(() -> ReaderGuard.checkReader("peers", reader));
	}

	private static DefaultAuthenticatingServerInterceptor interceptor(GrpcAuthenticationReader reader) {
		return new DefaultAuthenticatingServerInterceptor((authentication) -> authentication, reader);
	}

	private static Certificate[] chain(ServerCall<?, ?> call) {
		try {
			SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
			return (session != null) ? session.getPeerCertificates() : new Certificate[0];
		}
		catch (SSLPeerUnverifiedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class Inheriting extends SSLContextGrpcAuthenticationReader {

		@Override
		protected @Nullable Authentication fromCertificate(Certificate certificate) {
			return new X509CertificateAuthentication((X509Certificate) certificate);
		}

	}

	private static final class AskingItsParent extends SSLContextGrpcAuthenticationReader {

		@Override
		public @Nullable Authentication readAuthentication(ServerCall<?, ?> call, Metadata headers) {
			Authentication peer = super.readAuthentication(call, headers);
			return (peer != null) ? new TestingAuthenticationToken("somebody", null) : null;
		}

	}

	private static final class TakingTheLeaf extends SSLContextGrpcAuthenticationReader {

		@Override
		public @Nullable Authentication readAuthentication(ServerCall<?, ?> call, Metadata headers) {
			return fromCertificate(chain(call)[0]);
		}

	}

}
