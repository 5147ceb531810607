package io.github.securegrpc.actuate;

import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.securegrpc.material.ExpiryWindow;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is measured of certificates, and for how long.
 */
@ExtendWith(OutputCaptureExtension.class)
class CertificateMetricsTests {

	private static final String EXPIRY = "secure.grpc.certificate.expiry";

	private static final double DAY = 86_400;

	private static final Duration LIFE = Duration.ofDays(90);

	private final TestMaterials test = new TestMaterials();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@BeforeEach
	void bind() {
		CertificateMetrics metrics = new CertificateMetrics(this.test.materials, new ExpiryWindow(Duration.ofDays(7)),
				this.test.clock);
		this.test.listeners.add(metrics);
		metrics.bindTo(this.registry);
	}

	@Test
	void secondsLeftOfEachPartFollowTheClockAndGoBelowZero() {
		this.test.load(this.test.server(LIFE), this.test.authority,
				this.test.authority("CN=short", Duration.ofDays(10)));
		assertThat(secondsLeft("leaf")).isEqualTo(90 * DAY);
		assertThat(secondsLeft("anchor")).as("the soonest").isEqualTo(10 * DAY);
		assertThat(this.registry.get("secure.grpc.certificate.warning").tag("part", "leaf").gauge().value())
			.isEqualTo(83 * DAY);
		this.test.clock.advance(Duration.ofDays(91));
		System.gc();
		assertThat(secondsLeft("leaf")).isEqualTo(-DAY);
	}

	@Test
	void gaugeComesAndGoesWithWhatItMeasures() {
		X509Bundle intermediate = this.test.intermediate(Duration.ofDays(100));
		this.test.load(this.test.server(LIFE));
		assertThat(this.registry.find(EXPIRY).tag("part", "intermediate").gauge()).isNull();
		this.test.set(this.test.server(intermediate, LIFE));
		this.test.materials.tick();
		assertThat(secondsLeft("intermediate")).isEqualTo(100 * DAY);
		this.test.set(this.test.server(LIFE));
		this.test.materials.tick();
		assertThat(this.registry.find(EXPIRY).tag("part", "intermediate").gauge()).isNull();
		assertThat(this.registry.find(EXPIRY).tag("part", "anchor").gauge()).isNull();
		assertThat(generation()).isEqualTo(3);
	}

	@Test
	void gaugeIsRegisteredOnceWhateverRotates(CapturedOutput output) {
		this.test.load(this.test.server(LIFE), this.test.authority);
		this.test.set(this.test.server(LIFE), this.test.authority);
		this.test.materials.tick();
		assertThat(secondsLeft("leaf")).isEqualTo(90 * DAY);
		assertThat(output).doesNotContain("already registered");
	}

	@Test
	void rotationsAndRefusalsAreCounted() {
		this.test.load(this.test.server(LIFE), this.test.authority);
		assertThat(rotations("rotated")).isZero();
		assertThat(rotations("refused")).isZero();
		this.test.set(this.test.server(LIFE), this.test.authority);
		this.test.materials.tick();
		this.test.set(this.test.server(Duration.ofSeconds(-5)), this.test.authority);
		this.test.materials.tick();
		this.test.materials.tick();
		assertThat(rotations("rotated")).isEqualTo(1);
		assertThat(rotations("refused")).as("the same content once").isEqualTo(1);
		assertThat(generation()).isEqualTo(2);
	}

	@Test
	void everyMeterHasADescriptionAndTimeIsInSeconds() {
		this.test.load(this.test.server(LIFE), this.test.authority);
		assertThat(this.registry.getMeters()).hasSize(8)
			.allSatisfy((meter) -> assertThat(meter.getId().getDescription()).endsWith("."));
		assertThat(this.registry.get(EXPIRY).gauges())
			.allSatisfy((gauge) -> assertThat(gauge.getId().getBaseUnit()).isEqualTo("seconds"));
	}

	private double secondsLeft(String part) {
		return this.registry.get(EXPIRY).tag("material", "server").tag("part", part).gauge().value();
	}

	private double rotations(String outcome) {
		return this.registry.get("secure.grpc.rotations")
			.tag("material", "server")
			.tag("outcome", outcome)
			.counter()
			.count();
	}

	private double generation() {
		return this.registry.get("secure.grpc.generation").tag("material", "server").gauge().value();
	}

}
