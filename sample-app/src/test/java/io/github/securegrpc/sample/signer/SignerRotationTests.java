package io.github.securegrpc.sample.signer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.actuate.GrpcCertificatesEndpoint;
import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.sample.SampleApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A signer whose certificate is replaced while it signs: no vote misses its second.
 */
class SignerRotationTests {

	private static final int ROTATIONS = 20;

	private static final int VOTES_OF_A_CONNECTION = 10;

	private final int port = TestSocketUtils.findAvailableTcpPort();

	private final AtomicLong height = new AtomicLong();

	@TempDir
	Path directory = Path.of("");

	@Test
	void rotationLosesNoVote() throws Exception {
		Path pki = this.directory.resolve("pki");
		CertificateAuthority authority = Signers.issue(this.directory);
		Depot depot = Signers.depot(this.directory);
		AtomicBoolean rotated = new AtomicBoolean();
		try (ConfigurableApplicationContext context = new SpringApplication(SampleApplication.class)
			.run(Signers.arguments(this.directory, this.port))) {
			CompletableFuture<Void> votes = CompletableFuture.runAsync(() -> sign(pki, rotated));
			for (int i = 0; i < ROTATIONS; i++) {
				long from = this.height.get() + VOTES_OF_A_CONNECTION;
				Awaitility.await().until(() -> votes.isDone() || this.height.get() >= from);
				depot.replace("server", authority.issue(Signers.SERVER));
				context.getBean(GrpcCertificatesEndpoint.class).reload();
			}
			rotated.set(true);
			votes.get(1, TimeUnit.MINUTES);
			assertThat(this.height).hasValueGreaterThan(ROTATIONS * VOTES_OF_A_CONNECTION);
		}
	}

	/* Each vote within a second, as a node has it. */
	private void sign(Path pki, AtomicBoolean rotated) {
		try {
			while (!rotated.get()) {
				try (ValidatorNode node = new ValidatorNode(pki, this.port)) {
					for (int i = 0; i < VOTES_OF_A_CONNECTION; i++) {
						node.signVote(SignerScenarioTests.vote(this.height.incrementAndGet(), 0, 'a'), 1);
					}
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
