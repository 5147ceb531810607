package io.github.securegrpc.devh;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.pkitesting.X509Bundle;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.TestNetty;
import io.github.securegrpc.application.WhoCalls;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.transport.Handshake;
import io.github.securegrpc.transport.ImmediateHandshakeListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A channel that net.devh connects while it makes it.
 */
class ImmediateConnectTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@ParameterizedTest
	@EnumSource
	void rotationWhileTheChannelIsMadeIsNotMissed(TestNetty netty, @TempDir Path directory) {
		Application application = new Application(directory).on(netty)
			.with(WhoCalls.class)
			.with(Rotator.class)
			.channel("it")
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.ca("secure-grpc.client", CA)
			.identity("secure-grpc.client", TestCertificates.client(CA))
			.set("grpc.client.it.immediate-connect-timeout", "20s");
		X509Bundle renewed = TestCertificates
			.issue((builder) -> builder.subject("CN=x").addSanDnsName("renewed").addExtendedKeyUsageClientAuth(), CA);
		try (ConfigurableApplicationContext context = application.start()) {
			AtomicBoolean once = new AtomicBoolean();
			context.getBean(Rotator.class).rotation = () -> {
				if (once.compareAndSet(false, true)) {
					application.identity("secure-grpc.client", renewed);
					context.getBean(RotatingMaterials.class).tick();
				}
			};
			assertThat(WhoCalls.ask(context.getBean(GrpcChannelFactory.class).createChannel("it"), "Dns"))
				.isEqualTo("dns:renewed");
			assertThat(once).isTrue();
		}
	}

	/**
	 * There from the start: listeners are asked for at the first handshake of anybody.
	 */
	static class Rotator implements ImmediateHandshakeListener {

		private volatile Runnable rotation = () -> {
		};

		@Override
		public void completed(Handshake handshake) {
			if (handshake.channel() != null) {
				this.rotation.run();
			}
		}

	}

}
