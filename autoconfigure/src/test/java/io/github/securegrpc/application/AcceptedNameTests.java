package io.github.securegrpc.application;

import java.nio.file.Path;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.RawNames;
import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A peer whose CA we believe, and lets it write what it likes: it writes no lines of its
 * own into the audit, the logging context or a denial.
 */
@ExtendWith(OutputCaptureExtension.class)
class AcceptedNameTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle HOSTILE = TestCertificates
		.issue((builder) -> new RawNames().email("a\r\n2026-01-01 INFO @ \u001b[2Kforged line@example.com")
			.of(builder)
			.subject("CN=peer"), CA);

	@Test
	void peerWritesNoLineOfItsOwn(@TempDir Path directory, CapturedOutput output) {
		Application application = new Application(directory).identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.with(WhoCalls.class)
			.with(PeerSettingsTests.Told.class)
			.set("secure-grpc.peer.mdc", true)
			.set("secure-grpc.audit", "all")
			.set("secure-grpc.authorization.rules[0].methods", "test.Who/Dns")
			.set("secure-grpc.authorization.rules[0].allow", "any-peer");
		try (ConfigurableApplicationContext context = application.start();
				Peer peer = new Peer(application.port(), HOSTILE)) {
			assertThat(peer.ask("Dns")).startsWith("email:a")
				.contains("forged line")
				.doesNotContainPattern("\\p{Cntrl}");
			assertThat(context.getBean(PeerSettingsTests.Told.class).logged).singleElement()
				.asString()
				.startsWith("email:a")
				.doesNotContainPattern("\\p{Cntrl}");
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> peer.ask("Admin"))
				.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED))
				.satisfies((ex) -> assertThat(ex.getStatus().getDescription()).contains("forged line")
					.doesNotContainPattern("\\p{Cntrl}"));
		}
		assertThat(output.getAll()).contains("forged line").doesNotContain("\u001b");
		assertThat(output.getAll().lines()).noneMatch((line) -> line.startsWith("2026-01-01 INFO @"));
	}

}
