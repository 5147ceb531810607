package io.github.securegrpc.actuate;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.securegrpc.TestCrl;
import io.github.securegrpc.material.CrlPolicy;
import io.github.securegrpc.material.ExpiryWindow;
import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.Validity;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.server.ListeningServer;
import io.github.securegrpc.transport.OwnConnections;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every state of one material and the ways between them.
 */
class MaterialHealthTests {

	private static final Duration LIFE = Duration.ofDays(90);

	private final TestMaterials test = new TestMaterials();

	@Test
	void leafGoesFromValidOverExpiringToExpiredAndBackWithTheNextOne() {
		RotatingMaterial material = this.test.load(this.test.server(LIFE), this.test.authority);
		expect(material, Status.UP, Validity.VALID);
		this.test.clock.advance(Duration.ofDays(60).minusSeconds(1));
		expect(material, Status.UP, Validity.VALID);
		this.test.clock.advance(Duration.ofSeconds(1));
		expect(material, Status.UP, Validity.EXPIRING);
		this.test.clock.advance(Duration.ofDays(30));
		expect(material, Status.UP, Validity.EXPIRING);
		this.test.clock.advance(Duration.ofSeconds(1));
		expect(material, Status.OUT_OF_SERVICE, Validity.EXPIRED);
		this.test.set(this.test.server(LIFE), this.test.authority);
		this.test.materials.tick();
		expect(material, Status.UP, Validity.VALID);
		assertThat(health(material).getDetails()).containsEntry("generation", 2).doesNotContainKey("renewal");
	}

	@Test
	void leafThatIsNotYetValidBecauseTheClockStepsBackIsOutOfService() {
		RotatingMaterial material = this.test.load(this.test.server(LIFE), this.test.authority);
		this.test.clock.advance(Duration.ofDays(-1));
		expect(material, Status.OUT_OF_SERVICE, Validity.NOT_YET_VALID);
	}

	@Test
	void intermediateCountsAsTheLeafDoes() {
		RotatingMaterial material = this.test
			.load(this.test.server(this.test.intermediate(Duration.ofDays(30)), Duration.ofDays(90)));
		this.test.clock.advance(Duration.ofDays(20));
		expect(material, Status.UP, Validity.EXPIRING);
		this.test.clock.advance(Duration.ofDays(11));
		expect(material, Status.OUT_OF_SERVICE, Validity.EXPIRED);
	}

	@Test
	void trustAnchorsAreAsGoodAsTheBestOfThemAndOneThatIsNotIsKnown() {
		RotatingMaterial material = this.test.load(this.test.server(LIFE),
				this.test.authority("CN=short", Duration.ofDays(3)),
				this.test.authority("CN=long", Duration.ofDays(9)));
		expect(material, Status.UP, Validity.VALID);
		this.test.clock.advance(Duration.ofDays(2));
		expect(material, Status.UP, Validity.EXPIRING);
		this.test.clock.advance(Duration.ofDays(2));
		expect(material, Status.UP, Validity.EXPIRING);
		this.test.clock.advance(Duration.ofDays(6));
		expect(material, Status.OUT_OF_SERVICE, Validity.EXPIRED);
	}

	@Test
	void windowAndStatusOfExpiringMaterialAreTheOperators() {
		RotatingMaterial material = this.test.load(this.test.server(LIFE), this.test.authority);
		this.test.clock.advance(Duration.ofDays(84));
		MaterialHealth health = new MaterialHealth(new ExpiryWindow(Duration.ofDays(7)), new Status("WARNING"),
				nobodyLooked(), this.test.clock);
		assertThat(health.of(material).getStatus()).isEqualTo(new Status("WARNING"));
		this.test.clock.advance(Duration.ofDays(-2));
		assertThat(health.of(material).getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void refusedReplacementIsADetailWithItsReasonAndTheMaterialStaysUp() {
		RotatingMaterial material = this.test.load(this.test.server(LIFE), this.test.authority);
		this.test.set(this.test.server(Duration.ofSeconds(-5)), this.test.authority);
		this.test.materials.tick();
		Health health = health(material);
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails().get("lastRefusal")).isInstanceOfSatisfying(Map.class,
				(refusal) -> assertThat(refusal.get("reason")).asString().contains("expired"));
	}

	@Test
	void renewalThatIsLateIsADetail() {
		RotatingMaterial material = this.test.load(this.test.server(LIFE), this.test.authority);
		this.test.clock.advance(Duration.ofDays(59));
		assertThat(health(material).getDetails()).doesNotContainKey("renewal");
		this.test.clock.advance(Duration.ofDays(1));
		assertThat(health(material).getDetails().get("renewal")).asString()
			.contains("two thirds of the leaf's life are over")
			.contains("file:tls.crt (secure-grpc.server.cert) is unchanged");
	}

	@Test
	void revocationListThatShouldHaveBeenReplacedIsADetail() throws GeneralSecurityException {
		RotatingMaterial material = this.test.load(this.test.server(LIFE), this.test.authority);
		Instant end = this.test.clock.instant().plus(Duration.ofDays(2));
		X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509")
			.generateCRL(new ByteArrayInputStream(TestCrl.until(this.test.authority, end).der()));
		this.test.revoke(new RevocationLists(List.of(list), CrlPolicy.STRICT));
		this.test.materials.tick();
		assertThat(health(material).getDetails()).containsEntry("generation", 2).doesNotContainKey("revocation");
		this.test.clock.advance(Duration.ofDays(2).plusSeconds(1));
		expect(material, Status.UP, Validity.VALID);
		assertThat(health(material).getDetails()).containsEntry("revocation",
				"the CRL of CN=ca expired at %s: peers whose issuer has no other are refused".formatted(end));
	}

	private void expect(RotatingMaterial material, Status status, Validity state) {
		Health health = health(material);
		assertThat(health.getStatus()).isEqualTo(status);
		assertThat(health.getDetails()).containsEntry("state", state);
	}

	private Health health(RotatingMaterial material) {
		return new MaterialHealth(new ExpiryWindow(null), Status.UP, nobodyLooked(), this.test.clock).of(material);
	}

	private TruthCheck nobodyLooked() {
		return new TruthCheck(this.test.materials, new ListeningServer(), () -> null,
				new ServedPort(new OwnConnections()));
	}

}
