package io.github.securegrpc.application;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The limits against a peer that keeps none, on both flavours of Netty.
 */
class UnboundedPeerTests {

	private static final int MAX_CONCURRENT_STREAMS = 3;

	private static final int REFUSED_STREAM = 7;

	private static final int ENHANCE_YOUR_CALM = 11;

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory);
	}

	static Stream<Arguments> cells() {
		return Stream.of(TestNetty.values())
			.flatMap((netty) -> Stream.of("tls", "plaintext").map((mode) -> Arguments.of(netty, mode)));
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource("cells")
	void callsBeyondTheLimitAreRefused(TestNetty netty, String mode) throws Exception {
		this.application.set("secure-grpc.server.limits.calls-per-connection", 3);
		try (ConfigurableApplicationContext context = start(netty, mode);
				UnboundedPeer peer = new UnboundedPeer(TestApplication.port(context), mode)) {
			for (int i = 0; i < 5; i++) {
				peer.open();
			}
			List<UnboundedPeer.Frame> refused = of(peer.drain(), UnboundedPeer.RST_STREAM);
			assertThat(refused).extracting(UnboundedPeer.Frame::stream).containsExactly(7, 9);
			assertThat(refused).extracting(UnboundedPeer.Frame::errorCode).containsOnly(REFUSED_STREAM);
		}
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource("cells")
	void limitsAreOnByDefault(TestNetty netty, String mode) throws Exception {
		try (ConfigurableApplicationContext context = start(netty, mode);
				UnboundedPeer peer = new UnboundedPeer(TestApplication.port(context), mode)) {
			assertThat(peer.settings().setting(MAX_CONCURRENT_STREAMS)).isEqualTo(100);
			assertThat(goodbyeAfter(peer, 200)).isEmpty();
			assertThat(goodbyeAfter(peer, 1)).singleElement()
				.extracting(UnboundedPeer.Frame::errorCode)
				.isEqualTo(ENHANCE_YOUR_CALM);
		}
	}

	private ConfigurableApplicationContext start(TestNetty netty, String mode) {
		if (mode.equals("tls")) {
			this.application.identity("secure-grpc.server", TestCertificates.server(TestCertificates.authority("ca")));
		}
		else {
			this.application.set("secure-grpc.server.plaintext", "loopback");
		}
		return this.application.on(netty).start();
	}

	private static List<UnboundedPeer.Frame> goodbyeAfter(UnboundedPeer peer, int resets) throws IOException {
		for (int i = 0; i < resets; i++) {
			peer.reset(peer.open());
		}
		return of(peer.drain(), UnboundedPeer.GOAWAY);
	}

	private static List<UnboundedPeer.Frame> of(List<UnboundedPeer.Frame> frames, int type) {
		return frames.stream().filter((frame) -> frame.type() == type).toList();
	}

}
