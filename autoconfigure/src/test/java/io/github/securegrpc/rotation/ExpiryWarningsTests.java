package io.github.securegrpc.rotation;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.securegrpc.material.ExpiryWindow;
import io.github.securegrpc.material.Validity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Warnings before and after the end of a certificate, once a day.
 */
@ExtendWith(OutputCaptureExtension.class)
class ExpiryWarningsTests extends RotatingFiles {

	@Test
	void windowIsAThirdOfTheLifetimeUnlessSet() {
		ExpiryWindow third = new ExpiryWindow(null);
		// issued for 25 hours, of which one has passed
		assertThat(third.validity(this.first.getCertificate(), this.clock.instant())).isEqualTo(Validity.VALID);
		assertThat(third.validity(this.first.getCertificate(), this.clock.instant().plus(Duration.ofHours(17))))
			.isEqualTo(Validity.EXPIRING);
		assertThat(new ExpiryWindow(Duration.ofHours(2)).validity(this.first.getCertificate(),
				this.clock.instant().plus(Duration.ofHours(17))))
			.isEqualTo(Validity.VALID);
		assertThat(third.validity(this.first.getCertificate(), this.clock.instant().plus(Duration.ofHours(25))))
			.isEqualTo(Validity.EXPIRED);
		assertThat(third.validity(this.first.getCertificate(), this.clock.instant().minus(Duration.ofHours(2))))
			.isEqualTo(Validity.NOT_YET_VALID);
	}

	@Test
	void everyCertificateIsWarnedAboutOnceADay(CapturedOutput output) {
		ExpiryWarnings warnings = new ExpiryWarnings(this.materials, new ExpiryWindow(Duration.ofHours(6)), this.clock);
		warnings.look();
		assertThat(output.getAll()).doesNotContain("expires at");
		this.clock.advance(Duration.ofHours(20));
		warnings.look();
		warnings.look();
		assertThat(output).containsOnlyOnce("server: CN=server expires at")
			.containsOnlyOnce("server: CN=ca expires at")
			.contains("tls.crt (secure-grpc.server.cert)");
		this.clock.advance(Duration.ofHours(25));
		warnings.look();
		assertThat(output).containsOnlyOnce("server: CN=server expired at");
	}

}
