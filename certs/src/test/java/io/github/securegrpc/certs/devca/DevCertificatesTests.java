package io.github.securegrpc.certs.devca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.certs.MutableClock;
import io.github.securegrpc.certs.SubjectAlternativeName;
import io.github.securegrpc.certs.TlsHandshake;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link DevCertificates}.
 */
class DevCertificatesTests {

	private static final Duration DAY = Duration.ofHours(24);

	private final MutableClock clock = new MutableClock();

	private final Path directory;

	DevCertificatesTests(@TempDir Path parent) {
		this.directory = parent.resolve("dev/ca");
	}

	@Test
	void serverAndClientAuthenticateEachOther() throws Exception {
		TlsMaterial server = start().server().load();
		TlsMaterial client = start().client().load();
		assertThat(client.trustAnchors()).isEqualTo(server.trustAnchors());
		X509Certificate seen = new TlsHandshake(anchor(server), identity(server), identity(client)).run();
		assertThat(seen).isEqualTo(identity(client).leaf());
		assertThat(SubjectAlternativeName.of(seen)).containsExactly(SubjectAlternativeName.dns("client"));
		assertThat(SubjectAlternativeName.of(identity(server).leaf())).contains(SubjectAlternativeName.dns("localhost"),
				SubjectAlternativeName.ip("127.0.0.1"), SubjectAlternativeName.ip("::1"));
	}

	@Test
	void everythingOtherToolsNeedIsWritten() throws IOException {
		start().server().load();
		assertThat(files()).containsExactlyInAnyOrder(".lock", ".gitignore", "ca.key", "ca.pem", "server.key",
				"server.pem", "client.key", "client.pem");
	}

	@Test
	void directoryAndKeysAreForTheOwnerOnly() throws IOException {
		assumeThat(this.directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
		start().server().load();
		assertThat(permissions("")).isEqualTo("rwx------");
		for (String key : List.of("ca.key", "server.key", "client.key")) {
			assertThat(permissions(key)).isEqualTo("rw-------");
		}
		assertThat(permissions("ca.pem")).isEqualTo("rw-r--r--");
	}

	@Test
	void nothingIsWrittenBeforeTheFirstLoad() {
		assertThat(start().server().origin().cert())
			.isEqualTo("dev CA in %s (secure-grpc.dev-ca)".formatted(this.directory));
		assertThat(this.directory).doesNotExist();
	}

	@Test
	void restartUsesWhatIsThere() {
		String before = start().server().load().fingerprint();
		this.clock.advance(Duration.ofHours(15));
		assertThat(start().server().load().fingerprint()).isEqualTo(before);
	}

	@Test
	void leafIsRenewedAtTwoThirdsOfItsLife() {
		DevCertificates certificates = start();
		TlsMaterial before = certificates.server().load();
		X509Certificate leaf = identity(before).leaf();
		Duration life = Duration.between(leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant());
		Duration due = Duration.between(this.clock.instant(),
				leaf.getNotBefore().toInstant().plus(life.multipliedBy(2).dividedBy(3)));
		this.clock.advance(due.minusSeconds(1));
		assertThat(certificates.server().load().fingerprint()).isEqualTo(before.fingerprint());
		this.clock.advance(Duration.ofSeconds(1));
		TlsMaterial after = certificates.server().load();
		assertThat(identity(after).expiry()).isEqualTo(this.clock.instant().plus(DAY));
		assertThat(identity(after).leaf().getPublicKey()).isNotEqualTo(leaf.getPublicKey());
		assertThat(after.trustAnchors()).isEqualTo(before.trustAnchors());
		assertThat(certificates.server().load().fingerprint()).isEqualTo(after.fingerprint());
	}

	@Test
	void eitherSideRenewsTheLeafOfTheOtherToo() throws IOException {
		DevCertificates certificates = start();
		certificates.server().load();
		String before = Files.readString(this.directory.resolve("client.pem"));
		this.clock.advance(DAY);
		certificates.server().load();
		assertThat(this.directory.resolve("client.pem")).content().isNotEqualTo(before);
	}

	@Test
	void shortValidityIsNotRenewedAtOnce() {
		DevCertificates certificates = new DevCertificates(this.directory, Duration.ofSeconds(10), this.clock);
		String before = certificates.client().load().fingerprint();
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(certificates.client().load().fingerprint()).isEqualTo(before);
		this.clock.advance(Duration.ofSeconds(2));
		assertThat(certificates.client().load().fingerprint()).isNotEqualTo(before);
	}

	@Test
	void leafFromTheFutureIsIssuedAnew() {
		start().server().load();
		this.clock.advance(DAY);
		String ahead = start().server().load().fingerprint();
		this.clock.advance(DAY.negated());
		assertThat(start().server().load().fingerprint()).isNotEqualTo(ahead);
	}

	@Test
	void leafForOtherNamesIsIssuedAnew() throws IOException {
		TlsMaterial before = start().server().load();
		for (String suffix : List.of(".key", ".pem")) {
			Files.copy(this.directory.resolve("client" + suffix), this.directory.resolve("server" + suffix),
					StandardCopyOption.REPLACE_EXISTING);
		}
		TlsMaterial after = start().server().load();
		assertThat(SubjectAlternativeName.of(identity(after).leaf()))
			.isEqualTo(SubjectAlternativeName.of(identity(before).leaf()));
	}

	@Test
	void expiredAuthorityIsRefusedWithTheRemedy() {
		start().server().load();
		this.clock.advance(Duration.ofDays(3653));
		RefusedException refusal = catchThrowableOfType(RefusedException.class, () -> start().server().load());
		assertThat(refusal).hasMessageContaining("dev CA in " + this.directory)
			.hasMessageContaining("expected: an authority that is valid now");
		assertThat(refusal.action()).contains("Delete " + this.directory.resolve("ca.pem"));
	}

	@Test
	void unwritableDirectoryIsRefused() throws IOException {
		Files.createDirectories(this.directory.getParent());
		Files.writeString(this.directory, "");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> start().server().load())
			.withMessageContaining("cannot be written");
	}

	@Test
	void validityThatNoLeafCanHaveIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new DevCertificates(this.directory, Duration.ZERO, Clock.systemUTC()))
			.withMessageStartingWith("validity: PT0S (expected: ");
	}

	@Test
	void keyIsNeverPrinted() {
		DevCertificates certificates = start();
		TlsMaterial material = certificates.server().load();
		assertThat(Stream.of(certificates, certificates.load(), certificates.server(), material).map(Object::toString))
			.noneMatch((text) -> text.contains(String.valueOf(identity(material).privateKey())))
			.noneMatch((text) -> text.contains("PrivateKey"));
	}

	private DevCertificates start() {
		return new DevCertificates(this.directory, DAY, this.clock);
	}

	private static Identity identity(TlsMaterial material) {
		return Objects.requireNonNull(material.identity());
	}

	private static X509Certificate anchor(TlsMaterial material) {
		TrustAnchors anchors = Objects.requireNonNull(material.trustAnchors());
		assertThat(anchors.certificates()).hasSize(1);
		return anchors.certificates().get(0);
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
	}

	private String permissions(String file) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(this.directory.resolve(file)));
	}

}
