package io.github.securegrpc.certs.devca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.MutableClock;
import io.github.securegrpc.certs.TlsHandshake;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsMaterial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests that {@link DevCertificates} starts again from every state that a kill can leave,
 * and refuses the states that it cannot.
 */
class DevCertificatesInterruptionTests {

	private final MutableClock clock = new MutableClock();

	private final Path directory;

	DevCertificatesInterruptionTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.key", "server.pem", "client.key", "client.pem" })
	void missingHalfOfALeafIsIssuedAnew(String file) throws Exception {
		start();
		Files.delete(this.directory.resolve(file));
		assertThatBothSidesWork();
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.key", "server.pem", "client.key", "client.pem" })
	void garbageInALeafIsIssuedAnew(String file) throws Exception {
		start();
		for (String content : new String[] { "", "garbage", "-----BEGIN CERTIFICATE-----\nMIIB" }) {
			Files.writeString(this.directory.resolve(file), content);
			assertThatBothSidesWork();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "server", "client" })
	void keyOfTheNextGenerationBesideTheLeafOfTheLastIsIssuedAnew(String leaf) throws Exception {
		start();
		Path pem = this.directory.resolve(leaf + ".pem");
		Path last = Files.copy(pem, this.directory.resolve("last"));
		this.clock.advance(Duration.ofHours(20));
		start();
		Files.move(last, pem, StandardCopyOption.REPLACE_EXISTING);
		this.clock.advance(Duration.ofHours(-20));
		assertThatBothSidesWork();
	}

	@Test
	void leavesOfAnotherAuthorityAreIssuedAnew(@TempDir Path other) throws Exception {
		start();
		new DevCertificates(other, Duration.ofHours(24), this.clock).load();
		for (String file : new String[] { "server.key", "server.pem", "client.key", "client.pem" }) {
			Files.copy(other.resolve(file), this.directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
		}
		assertThatBothSidesWork();
	}

	@Test
	void authorityKilledBeforeItsCertificateIsCompletedWithItsKey() throws Exception {
		start();
		for (String file : new String[] { "ca.pem", "server.key", "server.pem", "client.key", "client.pem" }) {
			Files.delete(this.directory.resolve(file));
		}
		String key = Files.readString(this.directory.resolve("ca.key"));
		assertThatBothSidesWork();
		assertThat(this.directory.resolve("ca.key")).hasContent(key);
	}

	@Test
	void leftoversOfInterruptedWritesAreRemoved() throws Exception {
		start();
		Files.writeString(this.directory.resolve(".server.key.123.secure-grpc.tmp"), "half a key");
		assertThatBothSidesWork();
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files).noneMatch((file) -> file.toString().endsWith(".tmp"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "ca.key, ''", "ca.key, garbage", "ca.pem, ''", "ca.pem, garbage" })
	void brokenAuthorityIsRefusedAndLeftAlone(String file, String content) throws IOException {
		start();
		Files.writeString(this.directory.resolve(file), content);
		assertRefusedAndLeftAlone();
		assertThat(this.directory.resolve(file)).hasContent(content);
	}

	@Test
	void authorityWithoutItsKeyIsRefusedAndLeftAlone() throws IOException {
		start();
		Files.delete(this.directory.resolve("ca.key"));
		assertRefusedAndLeftAlone();
		assertThat(this.directory.resolve("ca.key")).doesNotExist();
	}

	@Test
	void authorityWithTheKeyOfAnotherIsRefusedAndLeftAlone() throws IOException {
		start();
		Files.copy(this.directory.resolve("server.key"), this.directory.resolve("ca.key"),
				StandardCopyOption.REPLACE_EXISTING);
		assertRefusedAndLeftAlone();
	}

	private void assertRefusedAndLeftAlone() throws IOException {
		String certificate = Files.readString(this.directory.resolve("ca.pem"));
		RefusedException refusal = catchThrowableOfType(RefusedException.class, this::start);
		assertThat(refusal).hasMessageContaining("dev CA in " + this.directory);
		assertThat(refusal.action()).contains("Delete " + this.directory.resolve("ca.pem"));
		assertThat(this.directory.resolve("ca.pem")).hasContent(certificate);
	}

	private void assertThatBothSidesWork() throws Exception {
		DevMaterial material = start();
		TlsMaterial server = material.of(DevLeaf.SERVER);
		TlsMaterial client = material.of(DevLeaf.CLIENT);
		new TlsHandshake(material.authority(), Objects.requireNonNull(server.identity()),
				Objects.requireNonNull(client.identity()))
			.run();
		Depot depot = Depot.pem(this.directory);
		assertThat(depot.read("server")).isEqualTo(server.identity());
		assertThat(depot.read("client")).isEqualTo(client.identity());
		assertThat(depot.read("ca").leaf()).isEqualTo(material.authority());
	}

	private DevMaterial start() {
		return new DevCertificates(this.directory, Duration.ofHours(24), this.clock).load();
	}

}
