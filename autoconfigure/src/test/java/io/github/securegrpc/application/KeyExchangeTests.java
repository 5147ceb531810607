package io.github.securegrpc.application;

import java.nio.file.Path;

import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A client that offers only a group that the server's provider does not have: the JDK has
 * none of the hybrid ones, BoringSSL all of the others that a client of its own can
 * offer.
 */
@ExtendWith(OutputCaptureExtension.class)
class KeyExchangeTests {

	private final X509Bundle ca = TestCertificates.authority("ca");

	@Test
	void groupThatIsNotInCommonIsNamed(@TempDir Path directory, CapturedOutput output) throws Exception {
		Application application = new Application(directory)
			.identity("secure-grpc.server", TestCertificates.server(this.ca))
			.set("secure-grpc.provider", "jdk");
		try (ConfigurableApplicationContext context = application.start()) {
			assertThat(context.isRunning()).isTrue();
			SslContextBuilder client = SslContextBuilder.forClient().trustManager(this.ca.getCertificate());
			ManagedChannel channel = NettyChannelBuilder.forTarget("dns:///localhost:" + application.port())
				.sslContext(GrpcSslContexts.configure(client, SslProvider.OPENSSL)
					.protocols("TLSv1.3")
					.option(OpenSslContextOption.GROUPS, new String[] { "X25519MLKEM768" })
					.build())
				.build();
			try {
				assertThatThrownBy(() -> TestApplication.check(channel)).isNotNull();
			}
			finally {
				channel.shutdownNow();
			}
			assertThat(output).contains("KEY_EXCHANGE_FAILURE: no key could be agreed: enable a group at the peer");
		}
	}

}
