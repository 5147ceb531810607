package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.TestCrl;
import io.github.securegrpc.rotation.RotatingMaterials;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A channel does not listen on to a server that its trust anchors and revocation lists
 * accept no more, though the server would talk on.
 */
class ChannelTrustLossTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle LEAVING_CA = TestCertificates.authority("leaving");

	@ParameterizedTest(name = "{0} {1} {2}")
	@CsvSource({ "openssl, TLSv1.3, SHADED", "openssl, TLSv1.2, UNSHADED", "jdk, TLSv1.3, UNSHADED",
			"jdk, TLSv1.2, SHADED" })
	void streamEndsWhenTheServerIsRevokedOrItsAuthorityLeaves(String provider, String protocol, TestNetty netty,
			@TempDir Path directory) throws Exception {
		X509Bundle revoked = TestCertificates.server(CA);
		Application application = new Application(directory).on(netty)
			.ca("secure-grpc.client", CA, LEAVING_CA)
			.set("grpc.server.port", "-1")
			.set("grpc.client.GLOBAL.shutdown-grace-period", "0s")
			.set("secure-grpc.provider", provider);
		application.crl("secure-grpc.client", TestCrl.of(CA), TestCrl.of(LEAVING_CA));
		try (ForeignServer revokedServer = new ForeignServer(revoked, protocol).start();
				ForeignServer leavingServer = new ForeignServer(TestCertificates.server(LEAVING_CA), protocol).start();
				ForeignServer stayingServer = new ForeignServer(TestCertificates.server(CA), protocol).start();
				ConfigurableApplicationContext context = application
					.set("grpc.client.revoked.address", at(revokedServer))
					.set("grpc.client.leaving.address", at(leavingServer))
					.set("grpc.client.staying.address", at(stayingServer))
					.start()) {
			CompletableFuture<Status> ofRevoked = stream(context, "revoked");
			CompletableFuture<Status> ofLeaving = stream(context, "leaving");
			CompletableFuture<Status> ofStaying = stream(context, "staying");
			application.ca("secure-grpc.client", CA);
			application.crl("secure-grpc.client", TestCrl.of(CA).revoke(revoked));
			context.getBean(RotatingMaterials.class).tick();
			long rotated = System.nanoTime();
			for (CompletableFuture<Status> stream : List.of(ofRevoked, ofLeaving)) {
				assertThat(stream.get(15, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
			}
			assertThat(Duration.ofNanos(System.nanoTime() - rotated)).as("the grace")
				.isGreaterThan(Duration.ofSeconds(9));
			assertThat(ofStaying).isNotDone();
			assertThat(TestApplication.call(context, "staying")).isEqualTo(ServingStatus.SERVING);
		}
	}

	private static CompletableFuture<Status> stream(ConfigurableApplicationContext context, String name)
			throws Exception {
		Channel channel = TestApplication.channel(context, name);
		CompletableFuture<Status> ended = new CompletableFuture<>();
		OpenStreams.watch(channel, ended);
		assertThat(ended).isNotDone();
		return ended;
	}

	private static String at(ForeignServer server) {
		return "static://127.0.0.1:" + server.port();
	}

}
