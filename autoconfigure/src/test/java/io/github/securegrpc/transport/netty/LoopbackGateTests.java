package io.github.securegrpc.transport.netty;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.securegrpc.transport.ChannelTransport;
import io.github.securegrpc.transport.ConnectionLimits;
import io.github.securegrpc.transport.ServerTransport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Plaintext for loopback alone, over an address that is none: whatever a name promised at
 * start, the connection is judged.
 */
@ExtendWith(OutputCaptureExtension.class)
class LoopbackGateTests {

	private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

	private final NettyTransport transport = new NettyTransport((handshake) -> {
	});

	@Test
	void serverClosesAConnectionFromElsewhere(CapturedOutput output) throws Exception {
		InetAddress elsewhere = elsewhere();
		Server server = server(true);
		try {
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> call(server, elsewhere, false));
			assertThat(output).contains("Closed a plaintext connection with /" + elsewhere.getHostAddress());
			assertThatCode(() -> call(server, LOOPBACK, false)).doesNotThrowAnyException();
		}
		finally {
			server.shutdownNow();
		}
	}

	@Test
	void channelClosesAConnectionToElsewhere(CapturedOutput output) throws Exception {
		InetAddress elsewhere = elsewhere();
		Server server = server(false);
		try {
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> call(server, elsewhere, true));
			assertThat(output).contains("Closed a plaintext connection with /" + elsewhere.getHostAddress());
			assertThatCode(() -> call(server, LOOPBACK, true)).doesNotThrowAnyException();
			assertThatCode(() -> call(server, elsewhere, false)).doesNotThrowAnyException();
		}
		finally {
			server.shutdownNow();
		}
	}

	private Server server(boolean loopbackOnly) throws IOException {
		NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress(0))
			.addService(new HealthStatusManager().getHealthService());
		this.transport.secure(builder, new ServerTransport(null, loopbackOnly,
				new ConnectionLimits(Duration.ofSeconds(5), null, 100, 200, Duration.ofSeconds(30), null)));
		return builder.build().start();
	}

	private void call(Server server, InetAddress address, boolean loopbackOnly) throws InterruptedException {
		NettyChannelBuilder builder = NettyChannelBuilder.forAddress(new InetSocketAddress(address, server.getPort()));
		this.transport.secure(builder, new ChannelTransport("it", null, loopbackOnly));
		ManagedChannel channel = builder.build();
		try {
			HealthGrpc.newBlockingStub(channel)
				.withDeadlineAfter(10, TimeUnit.SECONDS)
				.check(HealthCheckRequest.getDefaultInstance());
		}
		finally {
			channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
		}
	}

	private static InetAddress elsewhere() throws IOException {
		Optional<InetAddress> address = NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((candidate) -> candidate instanceof Inet4Address && !candidate.isLoopbackAddress())
			.findFirst();
		assumeThat(address).as("an address of this machine besides loopback").isPresent();
		return address.orElseThrow();
	}

}
