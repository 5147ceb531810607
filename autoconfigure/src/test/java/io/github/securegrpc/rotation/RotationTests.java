package io.github.securegrpc.rotation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.check.MaterialCheck;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a look at the sources takes, holds and says.
 */
class RotationTests extends RotatingFiles {

	@Test
	void equalContentInANewFileIsNoChange() {
		write(this.first);
		this.materials.tick();
		assertThat(this.rotated).isEmpty();
		assertThat(this.refused).isEmpty();
		assertThat(this.material.current().number()).isEqualTo(1);
	}

	@Test
	void certificateNotYetValidIsHeldAndTakenOnTime() {
		Instant valid = this.clock.instant().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);
		write(TestCertificates.issue((builder) -> builder.subject("CN=next")
			.addSanDnsName("localhost")
			.addExtendedKeyUsageServerAuth()
			.notBefore(valid)
			.notAfter(valid.plus(Duration.ofDays(1))), this.authority));
		assertThat(this.materials.tick()).isEqualTo(valid);
		assertThat(this.refused).as("held, not refused").isEmpty();
		assertThat(this.material.current().number()).isEqualTo(1);
		this.clock.advance(Duration.ofHours(2));
		assertThat(this.materials.tick()).isNull();
		assertThat(this.material.current().number()).isEqualTo(2);
	}

	@Test
	void windowsLineEndsAndAByteOrderMarkLoad() throws IOException {
		X509Bundle next = TestCertificates.server(this.authority);
		Files.writeString(this.cert, '\uFEFF' + TestCertificates.pem(next.getCertificate()).replace("\n", "\r\n"),
				StandardCharsets.UTF_8);
		Files.writeString(this.key, TestCertificates.pem(next.getKeyPair().getPrivate()).replace("\n", "\r\n"));
		this.materials.tick();
		assertThat(this.material.current().number()).isEqualTo(2);
	}

	@Test
	void twoChangesWithinOneIntervalEndInTheLast() {
		write(TestCertificates.server(this.authority));
		X509Bundle last = TestCertificates.server(this.authority);
		write(last);
		this.materials.tick();
		assertThat(leaf()).isEqualTo(last.getCertificate());
		assertThat(this.material.current().number()).isEqualTo(2);
	}

	@Test
	void clockSteppedBackTakesNothingAwayAndStillRotates() {
		this.clock.advance(Duration.ofDays(-30));
		this.materials.tick();
		assertThat(this.material.current().number()).isEqualTo(1);
		assertThat(this.refused).isEmpty();
		write(TestCertificates.server(this.authority));
		assertThat(this.materials.tick()).as("held until the clock is right").isNotNull();
		this.clock.advance(Duration.ofDays(30));
		this.materials.tick();
		assertThat(this.material.current().number()).isEqualTo(2);
	}

	@Test
	void hasteTakesWhatIsGoodAndLeavesComplaintsToTheTick() throws IOException {
		Files.writeString(this.cert, "half");
		this.materials.hasten();
		assertThat(this.refused).isEmpty();
		this.materials.tick();
		assertThat(this.refused).hasSize(1);
		write(TestCertificates.server(this.authority));
		this.materials.hasten();
		assertThat(this.rotated).hasSize(1);
	}

	@Test
	void otherBrokenContentIsSaidAnew() {
		TestCertificates.write(this.key,
				TestCertificates.pem(TestCertificates.server(this.authority).getKeyPair().getPrivate()));
		this.materials.tick();
		this.materials.tick();
		write(server(Duration.ofDays(-2), Duration.ofDays(-1)));
		this.materials.tick();
		this.clock.advance(Duration.ofMinutes(1));
		this.materials.tick();
		assertThat(this.refused).hasSize(2);
	}

	@Test
	void listenerThatCannotUseItKeepsEverybodyOnTheOldGeneration() {
		List<String> calls = new ArrayList<>();
		this.material.addListener(new Recording(calls));
		this.material.addListener((next) -> {
			if (next.number() > 1) {
				throw new RefusedException("no context", "none");
			}
			return new Recording(new ArrayList<>()).prepare(next);
		});
		write(TestCertificates.server(this.authority));
		this.materials.tick();
		assertThat(calls).containsExactly("prepare 1", "take 1", "prepare 2", "discard 2");
		assertThat(this.material.current().number()).isEqualTo(1);
		assertThat(this.refused).hasSize(1);
	}

	@Test
	void listenerThatFailsKeepsNoOtherFromHearing() {
		RotatingMaterials told = new RotatingMaterials((event) -> {
			event.accept(new ImmediateRotationListener() {

				@Override
				public void rotated(MaterialRotated event) {
					throw new NoClassDefFoundError("of a listener");
				}

			});
			event.accept(this);
		}, this.clock);
		told.load("server", source(null), MaterialCheck.Side.SERVER);
		write(TestCertificates.server(this.authority));
		told.tick();
		assertThat(this.rotated).hasSize(1);
	}

	@Test
	void wrongPasswordIsRefused() throws Exception {
		Path encrypted = this.directory.resolve("encrypted.key");
		EncryptedKeys.write(encrypted, this.first.getKeyPair().getPrivate(), "one");
		this.key = encrypted;
		RotatingMaterial own = this.materials.load("client", source("one"), MaterialCheck.Side.SERVER);
		EncryptedKeys.write(encrypted, this.first.getKeyPair().getPrivate(), "another");
		this.materials.tick();
		assertThat(this.refused).singleElement()
			.satisfies((event) -> assertThat(event.refusal().reason()).contains("password").doesNotContain("another"));
		assertThat(own.current().number()).isEqualTo(1);
	}

	private record Recording(List<String> calls) implements GenerationListener {

		@Override
		public Prepared prepare(Generation next) {
			this.calls.add("prepare " + next.number());
			return new Prepared() {

				@Override
				public void take() {
					Recording.this.calls.add("take " + next.number());
				}

				@Override
				public void discard() {
					Recording.this.calls.add("discard " + next.number());
				}

			};
		}

	}

}
