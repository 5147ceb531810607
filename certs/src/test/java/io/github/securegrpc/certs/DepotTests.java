package io.github.securegrpc.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.certs.file.StagedFile;
import io.github.securegrpc.certs.key.Pem;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link Depot}: what is on the disk, also after an interruption.
 */
class DepotTests {

	private static final AuthorityRequest REQUEST = AuthorityRequest.named("My CA");

	private static final LeafRequest LEAF = LeafRequest.client("client", SubjectAlternativeName.dns("client"));

	private final MutableClock clock = new MutableClock();

	private final Path directory;

	private final Depot depot;

	DepotTests(@TempDir Path parent) {
		this.directory = parent.resolve("out");
		this.depot = Depot.certstrap(this.directory);
	}

	@Test
	void layoutIsThatOfCertstrap() throws IOException {
		create().issueTo(this.depot, LEAF);
		assertThat(files()).containsExactlyInAnyOrder("My_CA.key", "My_CA.crt", "client.key", "client.csr",
				"client.crt", "client.issued");
		assertThat(this.directory.resolve("client.key")).content().startsWith("-----BEGIN PRIVATE KEY-----");
		assertThat(this.directory.resolve("client.crt")).content().containsOnlyOnce("-----BEGIN CERTIFICATE-----");
	}

	@Test
	void keyIsForTheOwnerOnly() throws IOException {
		assumeThat(this.directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
		Identity leaf = create().issueTo(this.depot, LEAF);
		assertThat(permissions("")).isEqualTo("rwx------");
		assertThat(permissions("My_CA.key")).isEqualTo("rw-------");
		assertThat(permissions("client.key")).isEqualTo("rw-------");
		assertThat(permissions("client.crt")).isEqualTo("rw-r--r--");
		this.depot.replace("client", leaf);
		assertThat(permissions("client.key")).isEqualTo("rw-------");
		assertThat(permissions("client.crt")).isEqualTo("rw-r--r--");
	}

	@Test
	void keyIsForTheOwnerOnlyBeforeItHasContent() throws IOException {
		assumeThat(this.directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
		Files.createDirectories(this.directory);
		StagedFile.write(this.directory.resolve("a.key"), StagedFile.Mode.SECRET, new byte[] { 1 });
		String staged = files().get(0);
		assertThat(staged).startsWith(".a.key.").endsWith(".secure-grpc.tmp");
		assertThat(permissions(staged)).isEqualTo("rw-------");
	}

	@Test
	void existingFilesAreNeverOverwritten() throws IOException {
		CertificateAuthority authority = create();
		String key = Files.readString(this.depot.key("My CA"));
		String certificate = Files.readString(this.depot.certificate("My CA"));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(this::create)
			.withMessageContaining("My_CA.crt: exists (expected: ");
		authority.issueTo(this.depot, LEAF);
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> authority.issueTo(this.depot, LEAF));
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> this.depot.addCertificate("My CA", authority.issue(LEAF).leaf()));
		assertThat(this.depot.key("My CA")).hasContent(key);
		assertThat(this.depot.certificate("My CA")).hasContent(certificate);
		assertThat(files()).hasSize(6);
	}

	@Test
	void creationKilledBeforeTheKeyStartsAfresh() throws IOException {
		Files.createDirectories(this.directory);
		StagedFile.write(this.depot.key("My CA"), StagedFile.Mode.SECRET, new byte[100]);
		create();
		assertThat(files()).containsExactlyInAnyOrder("My_CA.key", "My_CA.crt");
	}

	@Test
	void creationKilledBeforeTheCertificateGoesOnWithItsKey() throws IOException {
		X509Certificate first = create().certificate();
		Files.delete(this.depot.certificate("My CA"));
		RefusedException refusal = catchThrowableOfType(RefusedException.class, this::open);
		assertThat(refusal).hasMessageContaining("My_CA.crt: missing (expected: the certificate of My_CA.key)");
		assertThat(refusal.action()).contains("Create the pair again");
		assertThat(create().certificate().getPublicKey()).isEqualTo(first.getPublicKey());
		assertThat(open().certificate().getPublicKey()).isEqualTo(first.getPublicKey());
	}

	@Test
	void keyOfAnotherKindIsNotTakenUp() throws IOException {
		create();
		Files.delete(this.depot.certificate("My CA"));
		AuthorityRequest other = REQUEST.withKeyAlgorithm(KeyAlgorithm.ED25519);
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> CertificateAuthority.create(this.depot, other, this.clock))
			.withMessageContaining("expected: ED25519");
	}

	@Test
	void missingKeyIsSaid() throws IOException {
		create();
		Files.delete(this.depot.key("My CA"));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(this::open)
			.withMessageContaining("My_CA.key: missing (expected: the private key of My_CA.crt)");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(this::create);
		assertThat(this.depot.key("My CA")).doesNotExist();
	}

	@Test
	void emptyDepotIsSaid() {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(this::open)
			.withMessageContaining("My_CA.key: missing, and so is My_CA.crt");
	}

	@Test
	void keyOfAnotherPairIsRefused() throws IOException {
		CertificateAuthority authority = create();
		authority.issueTo(this.depot, LEAF);
		Files.write(this.depot.key("client"), Pem.encode(authority.issue(LEAF).privateKey(), null));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> this.depot.read("client"))
			.withMessageContaining("client.key: a key that does not belong to client.crt");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 10, 60, 100, 130 })
	void truncatedKeyIsRefusedWithoutItsContent(int length) throws IOException {
		create();
		String key = Files.readString(this.depot.key("My CA"));
		Files.writeString(this.depot.key("My CA"), key.substring(0, length));
		Throwable refusal = catchThrowable(this::open);
		assertThat(refusal).isInstanceOf(RefusedException.class).hasMessageContaining("My_CA.key: ");
		assertThat(refusal).hasStackTraceContaining("expected: a PEM private key");
		assertThat(String.valueOf(refusal)).doesNotContain(key.substring(28, 50));
		assertThat(refusal.getCause()).isNull();
	}

	@Test
	void derThatIsNoKeyIsRefused() throws IOException {
		create();
		String garbage = Base64.getEncoder().encodeToString(new byte[] { 0x30, 0x03, 0x02, 0x01, 0x00 });
		Files.writeString(this.depot.key("My CA"), """
				-----BEGIN PRIVATE KEY-----
				%s
				-----END PRIVATE KEY-----
				""".formatted(garbage));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(this::open).withMessageContaining("My_CA.key: ");
	}

	@Test
	void keyOfAnUnknownKindIsRefused() throws Exception {
		create();
		Files.write(this.depot.key("My CA"),
				Pem.encode(KeyPairGenerator.getInstance("X25519").generateKeyPair().getPrivate(), null));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(this::open)
			.withMessageContaining("My_CA.key: a private key that does not decode as EC, RSA or Ed25519");
	}

	@Test
	void linkToADirectoryIsADirectory(@TempDir Path elsewhere) throws IOException {
		Files.createSymbolicLink(this.directory, elsewhere);
		create();
		assertThat(elsewhere.resolve("My_CA.key")).exists();
	}

	@Test
	void directoryThatIsAFileIsRefused() throws IOException {
		Files.writeString(this.directory, "");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(this::create)
			.withMessageContaining("cannot be written");
	}

	private CertificateAuthority create() {
		return CertificateAuthority.create(this.depot, REQUEST, this.clock);
	}

	private CertificateAuthority open() {
		return CertificateAuthority.open(this.depot, "My CA", this.clock);
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.map((file) -> file.getFileName().toString()).filter((file) -> !file.equals(".lock")).toList();
		}
	}

	private String permissions(String file) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(this.directory.resolve(file)));
	}

}
