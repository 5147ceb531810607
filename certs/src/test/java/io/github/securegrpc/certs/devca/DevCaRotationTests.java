package io.github.securegrpc.certs.devca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.certs.MutableClock;
import io.github.securegrpc.material.check.MaterialCheck;
import io.github.securegrpc.rotation.ImmediateRotationListener;
import io.github.securegrpc.rotation.MaterialRefused;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.rotation.RotatingMaterials;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dev CA's leaves renew by the ordinary rotation.
 */
class DevCaRotationTests implements ImmediateRotationListener {

	private final MutableClock clock = new MutableClock();

	private final List<MaterialRefused> refused = new ArrayList<>();

	private final RotatingMaterials materials = new RotatingMaterials((event) -> event.accept(this), this.clock);

	@Override
	public void refused(MaterialRefused event) {
		this.refused.add(event);
	}

	@Test
	void leavesRotateAtTwoThirdsOfTheirLife(@TempDir Path directory) {
		RotatingMaterial server = load(directory);
		this.materials.tick();
		assertThat(server.current().number()).isEqualTo(1);
		this.clock.advance(Duration.ofHours(17));
		this.materials.tick();
		assertThat(server.current().number()).isEqualTo(2);
		this.materials.tick();
		assertThat(server.current().number()).isEqualTo(2);
		assertThat(this.refused).isEmpty();
	}

	@Test
	void renewalThatCannotBeWrittenKeepsTheLeafInForceAndHeals(@TempDir Path directory) throws IOException {
		RotatingMaterial server = load(directory);
		this.clock.advance(Duration.ofHours(17));
		// what a full disk does too: the new file cannot take its place
		Path inTheWay = directory.resolve("server.key");
		Files.delete(inTheWay);
		Files.createDirectories(inTheWay.resolve("not empty"));
		this.materials.tick();
		this.materials.tick();
		assertThat(this.refused).singleElement().satisfies((event) -> {
			assertThat(event.refusal().reason()).contains("server.key");
			assertThat(event.refusal().action()).isNotBlank();
		});
		assertThat(server.current().number()).isEqualTo(1);
		Files.delete(inTheWay.resolve("not empty"));
		Files.delete(inTheWay);
		this.materials.tick();
		assertThat(server.current().number()).isEqualTo(2);
	}

	private RotatingMaterial load(Path directory) {
		DevCertificates certificates = new DevCertificates(directory, Duration.ofHours(24), this.clock);
		return this.materials.load("server", certificates.server(), MaterialCheck.Side.SERVER);
	}

}
