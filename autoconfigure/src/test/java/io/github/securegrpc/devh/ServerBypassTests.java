package io.github.securegrpc.devh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.netty.pkitesting.X509Bundle;
import net.devh.boot.grpc.server.config.GrpcServerProperties;
import net.devh.boot.grpc.server.serverfactory.GrpcServerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.Peer;
import io.github.securegrpc.application.StartGuards;
import io.github.securegrpc.application.WhoCalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What an application puts in the place of the transport that was decided for its server.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServerBypassTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle IDENTITY = TestCertificates.server(CA);

	@TempDir
	Path directory = Path.of("");

	@Test
	void factoryThatAsksNoConfigurerIsRefusedBeforeAPortOpens() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Application application = application().with(ServerChanges.OwnFactory.class)
				.set("grpc.server.port", taken.getLocalPort());
			assertThatThrownBy(() -> application.start().close())
				.satisfies((ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining("bean 'ownFactory'")
					.hasMessageContaining(ServerChanges.OwnFactory.Plain.class.getName())
					.hasMessageContaining("without the GrpcServerConfigurer beans"));
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { ServerChanges.LateConfigurer.class, ServerChanges.ChangingFactory.class })
	void changeOfTheBuilderAfterUsIsRefusedAndThePortIsClosed(Class<?> change) {
		Application application = application().with(change);
		assertThatThrownBy(() -> application.start().close()).satisfies((ex) -> assertThat(StartGuards.refusal(ex))
			.hasMessageContaining("does not make its connections the way that was decided")
			.hasMessageContaining((change == ServerChanges.LateConfigurer.class)
					? "bean 'lateConfigurer' of " + ServerChanges.Late.class.getName()
					: "bean 'changingFactory' of " + ServerChanges.ChangingFactory.class.getName()));
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), application.port()).close());
	}

	@Test
	void changeOfTheBuilderOfAUnixSocketIsRefused() {
		Application application = application().with(ServerChanges.LateConfigurer.class)
			.set("grpc.server.address", "unix:" + this.directory.resolve("grpc.sock"));
		assertThatThrownBy(() -> application.start().close()).satisfies((ex) -> assertThat(StartGuards.refusal(ex))
			.hasMessageContaining("does not make its connections the way that was decided"));
	}

	/* Whether its port is asked or not. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void filterThatForgetsTheConnectionIsHeardOf(boolean asked) throws IOException {
		Application application = application().with(WhoCalls.class)
			.with(ServerChanges.LateFilter.class)
			.set("secure-grpc.truth-check.enabled", asked);
		try (ConfigurableApplicationContext context = application.start();
				Peer client = new Peer(application.port(), TestCertificates.client(CA))) {
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> client.ask("Anyone"))
				.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
			assertThat(health(context).getStatus().getCode()).isEqualTo("OUT_OF_SERVICE");
		}
	}

	@Test
	void plaintextServerIsAskedToo() {
		Application application = new Application(this.directory).with(ServerChanges.LateConfigurer.class)
			.set("secure-grpc.server.plaintext", "loopback");
		assertThatThrownBy(() -> application.start().close()).satisfies((ex) -> assertThat(StartGuards.refusal(ex))
			.hasMessageContaining("does not make its connections the way that was decided"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void callOnAConnectionWithoutOurMarkIsRefusedAndTheServerIsOutOfService(String provider, CapturedOutput output)
			throws IOException {
		Application application = application().with(WhoCalls.class)
			.with(ServerChanges.LateConfigurer.class)
			.set("secure-grpc.provider", provider);
		ServerChanges.Late.off = true;
		try (ConfigurableApplicationContext context = application.start()) {
			assertThat(health(context).getStatus().getCode()).isEqualTo("UP");
			ServerChanges.Late.off = false;
			context.getBean(GrpcServerProperties.class).setPort(TestSocketUtils.findAvailableTcpPort());
			Server changed = context.getBean(GrpcServerFactory.class).createServer().start();
			try (Peer nobody = new Peer(changed.getPort(), null);
					Peer client = new Peer(changed.getPort(), TestCertificates.client(CA))) {
				for (Peer peer : List.of(nobody, client)) {
					assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> peer.ask("Anyone"))
						.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED))
						.withMessageContaining("the connection is not secured the way it has to be");
				}
				assertThat(context.getBean(WhoCalls.class).served()).isZero();
				assertThat(health(context).getStatus().getCode()).isEqualTo("OUT_OF_SERVICE");
				assertThat(health(context).getDetails().get("served")).asString()
					.contains("was not made by the transport that was decided");
				assertThat(output.toString().split("is not secured the way it was decided", -1)).hasSize(2);
			}
			finally {
				changed.shutdownNow();
			}
		}
		finally {
			ServerChanges.Late.off = false;
		}
	}

	@Test
	void factoryThatAsksTheConfigurersIsServed() {
		Application application = application().with(WhoCalls.class).with(ServerChanges.AskingFactory.class);
		try (ConfigurableApplicationContext context = application.start();
				Peer client = new Peer(application.port(), TestCertificates.client(CA))) {
			assertThat(context.isRunning()).isTrue();
			assertThat(client.ask("Anyone")).isNotEqualTo("nobody");
		}
	}

	private Application application() {
		return new Application(this.directory).identity("secure-grpc.server", IDENTITY).ca("secure-grpc.server", CA);
	}

	private static Health health(ConfigurableApplicationContext context) {
		CompositeHealthContributor composite = context.getBean("grpcCertificatesHealthContributor",
				CompositeHealthContributor.class);
		return Objects
			.requireNonNull(((HealthIndicator) Objects.requireNonNull(composite.getContributor("server"))).health());
	}

}
