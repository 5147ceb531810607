package io.github.securegrpc.rotation;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.github.securegrpc.TestCrl;
import io.github.securegrpc.material.CrlPolicy;
import io.github.securegrpc.material.ExpiryWindow;
import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.Validity;
import io.github.securegrpc.material.check.MaterialCheck;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Warnings before and after the end of a certificate, once a day.
 */
class ExpiryWarningsTests extends RotatingFiles {

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	@BeforeEach
	void listen() {
		Logger logger = (Logger) LoggerFactory.getLogger(ExpiryWarnings.class);
		logger.setLevel(Level.WARN);
		this.lines.start();
		logger.addAppender(this.lines);
	}

	@AfterEach
	void leave() {
		((Logger) LoggerFactory.getLogger(ExpiryWarnings.class)).detachAppender(this.lines);
	}

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
	void everyCertificateIsWarnedAboutOnceADay() {
		ExpiryWarnings warnings = new ExpiryWarnings(this.materials, new ExpiryWindow(Duration.ofHours(6)), this.clock);
		warnings.look();
		assertThat(said()).isEmpty();
		this.clock.advance(Duration.ofHours(20));
		warnings.look();
		warnings.look();
		assertThat(said()).hasSize(2)
			.anyMatch((line) -> line.startsWith("server: CN=server expires at")
					&& line.contains("tls.crt (secure-grpc.server.cert)"))
			.anyMatch((line) -> line.startsWith("server: CN=ca expires at")
					&& line.endsWith("ca.crt (secure-grpc.server.ca)"));
		this.clock.advance(Duration.ofHours(25));
		warnings.look();
		assertThat(said()).hasSize(4).anyMatch((line) -> line.startsWith("server: CN=server expired at"));
	}

	@Test
	void certificateOfTwoMaterialsIsWarnedAboutInEach() {
		this.materials.load("other", source(null), MaterialCheck.Side.SERVER);
		ExpiryWarnings warnings = new ExpiryWarnings(this.materials, new ExpiryWindow(Duration.ofHours(6)), this.clock);
		this.clock.advance(Duration.ofHours(20));
		warnings.look();
		warnings.look();
		assertThat(said()).hasSize(4)
			.anyMatch((line) -> line.startsWith("server: CN=server expires at"))
			.anyMatch((line) -> line.startsWith("other: CN=server expires at"));
	}

	@Test
	void renewalThatIsLateIsWarnedAboutOnceADayWhateverTheWindowIs() {
		ExpiryWarnings warnings = new ExpiryWarnings(this.materials, new ExpiryWindow(Duration.ZERO), this.clock);
		this.clock.advance(Duration.ofHours(15));
		warnings.look();
		assertThat(said()).isEmpty();
		this.clock.advance(Duration.ofHours(2));
		warnings.look();
		warnings.look();
		assertThat(said()).singleElement()
			.satisfies((line) -> assertThat(line).startsWith("server: CN=server expires at")
				.contains("two thirds of its life are over, and its file is unchanged since"));
	}

	@Test
	void revocationListThatShouldHaveBeenReplacedIsWarnedAboutOnceADay() throws GeneralSecurityException {
		X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509")
			.generateCRL(new ByteArrayInputStream(
					TestCrl.until(this.authority, this.clock.instant().plus(Duration.ofHours(2))).der()));
		TlsMaterial before = this.material.current().material();
		this.material.rotate(new TlsMaterial(before.identity(), before.trustAnchors(),
				new RevocationLists(List.of(list), CrlPolicy.LENIENT)));
		ExpiryWarnings warnings = new ExpiryWarnings(this.materials, new ExpiryWindow(Duration.ZERO), this.clock);
		warnings.look();
		assertThat(said()).isEmpty();
		this.clock.advance(Duration.ofHours(3));
		warnings.look();
		warnings.look();
		assertThat(said()).singleElement()
			.satisfies((line) -> assertThat(line).startsWith("server: the CRL of CN=ca expired at "));
	}

	private List<String> said() {
		return this.lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

}
