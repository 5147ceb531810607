package io.github.securegrpc.sample.peer;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.sample.SampleApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Settings that do not do, and what is said of them.
 */
@ExtendWith(OutputCaptureExtension.class)
class PeerSettingsTests {

	@Test
	void addressThatPeersCannotCallDoesNotStart(CapturedOutput output) {
		assertThatThrownBy(() -> start("--grpc.server.address=0.0.0.0")).isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("sample.peer.address: \"0.0.0.0:")
			.contains("(expected: host:port")
			.contains("Set sample.peer.address to an address at which peers call");
	}

	@Test
	void unknownWordForClaimedAddressDoesNotStart(CapturedOutput output) {
		assertThatThrownBy(() -> start("--sample.peer.claimed-address=none")).isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("sample.peer.claimed-address")
			.contains("ANY")
			.contains("VERIFIED");
	}

	@Test
	void whatIsNotMeantIsSaidWithItsProperty() {
		assertThatExceptionOfType(PeerException.class)
			.isThrownBy(() -> properties(List.of("10.0.0.1"), List.of(), 1).toJoin())
			.withMessageContaining("sample.peer.join: \"10.0.0.1\" (expected: host:port");
		assertThatExceptionOfType(PeerException.class).isThrownBy(() -> properties(List.of(), List.of(), 0).members())
			.withMessageContaining("sample.peer.max-members: 0 (expected: 1 or more)");
		assertThatExceptionOfType(PeerException.class)
			.isThrownBy(() -> properties(List.of(), List.of(new PeerProperties.Claim("client", List.of("10.0.0.1"))), 1)
				.granted())
			.withMessageContaining("sample.peer.claims: by \"client\"");
		assertThatExceptionOfType(PeerException.class)
			.isThrownBy(() -> properties(List.of(), List.of(new PeerProperties.Claim("dns:client", List.of("a:1"))), 1)
				.granted())
			.withMessageContaining("sample.peer.claims: host \"a:1\" of dns:client");
	}

	@Test
	void nodeDoesNotJoinItself() {
		assertThat(properties(List.of("127.0.0.1:1", "127.0.0.2:1"), List.of(), 1).toJoin())
			.extracting(PeerAddress::toString)
			.containsExactly("127.0.0.2:1");
	}

	private static PeerProperties properties(List<String> join, List<PeerProperties.Claim> claims, int members) {
		return new PeerProperties("127.0.0.1:1", join, ClaimedAddress.VERIFIED, claims, members);
	}

	private static void start(String setting) {
		new SpringApplication(SampleApplication.class)
			.run("--spring.profiles.active=peer", "--grpc.server.port=" + TestSocketUtils.findAvailableTcpPort(),
					"--server.port=0", "--secure-grpc.dev-ca.directory=target/peer-settings", setting)
			.close();
	}

}
