package io.github.securegrpc.actuate;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.github.securegrpc.material.ExpiryWindow;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.transport.Advisories;

/**
 * Actuator endpoint of all certificates in force; a write asks every source at once.
 *
 * @since 0.1.0
 */
@Endpoint(id = "grpccertificates")
public final class GrpcCertificatesEndpoint {

	private final RotatingMaterials materials;

	private final Sides sides;

	private final HandshakeFailures failures;

	private final Advisories advisories;

	private final ExpiryWindow window;

	private final Clock clock;

	GrpcCertificatesEndpoint(RotatingMaterials materials, Sides sides, HandshakeFailures failures,
			Advisories advisories, ExpiryWindow window, Clock clock) {
		this.materials = materials;
		this.sides = sides;
		this.failures = failures;
		this.advisories = advisories;
		this.window = window;
		this.clock = clock;
	}

	/**
	 * Says what is in force.
	 * @return the report
	 */
	@ReadOperation
	public CertificatesReport certificates() {
		Instant now = this.clock.instant();
		return new CertificatesReport(
				this.materials.all()
					.stream()
					.map((material) -> MaterialState.report(material, this.window, now))
					.toList(),
				this.sides.server(), this.sides.channels(), this.failures.newest(), this.advisories.all());
	}

	/**
	 * Asks every source at once, and takes what is new and good.
	 * @return what came of it, by the material's name
	 */
	@WriteOperation
	public Map<String, ReloadOutcome> reload() {
		Map<String, ReloadOutcome> outcomes = new LinkedHashMap<>();
		this.materials.reload().forEach((name, outcome) -> outcomes.put(name, ReloadOutcome.of(outcome)));
		return outcomes;
	}

}
