package io.github.securegrpc.certs.devca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.certs.AuthorityRequest;
import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.LeafRequest;
import io.github.securegrpc.certs.MutableClock;
import io.github.securegrpc.certs.SubjectAlternativeName;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests that the dev CA writes over nothing that it has not made, and keeps its keys to
 * itself.
 */
class DevCaDirectoryTests {

	private final MutableClock clock = new MutableClock();

	private final Path directory;

	DevCaDirectoryTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@ParameterizedTest
	@ValueSource(strings = { "server", "client" })
	void pairOfAnotherAuthorityIsNotReplaced(String name) throws IOException {
		Depot own = Depot.pem(this.directory);
		CertificateAuthority
			.create(Depot.pem(this.directory.resolve("elsewhere")), AuthorityRequest.named("My CA"), this.clock)
			.issueTo(own, LeafRequest.client(name, SubjectAlternativeName.dns("mine")));
		assertRefused(name + ".pem: not of the dev CA", own.certificate(name), own.key(name));
		assertThat(this.directory.resolve("ca.key")).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.key", "client.key", "client.pem" })
	void fileThatSaysNotWhoseItIsIsNotReplaced(String name) throws IOException {
		Path own = Files.writeString(this.directory.resolve(name), "mine");
		assertRefused(name + ": not of the dev CA", own);
	}

	@Test
	void pairThatComesLaterIsNotReplacedEither(@TempDir Path elsewhere) throws IOException {
		start();
		CertificateAuthority other = CertificateAuthority.create(Depot.pem(elsewhere), AuthorityRequest.named("My CA"),
				this.clock);
		Depot own = Depot.pem(this.directory);
		own.replace("client", other.issue(LeafRequest.client("client", SubjectAlternativeName.dns("mine"))));
		assertRefused("client.pem: not of the dev CA", own.certificate("client"), own.key("client"));
	}

	@Test
	void authorityOfTheUsersOwnIssuesNothing() throws IOException {
		CertificateAuthority.create(Depot.pem(this.directory), AuthorityRequest.named("ca"), this.clock);
		assertRefused("ca.pem: not of the dev CA", this.directory.resolve("ca.pem"));
		assertThat(this.directory.resolve("server.pem")).doesNotExist();
	}

	/* What may be there again in a moment is not to be deleted. */
	@Test
	void authorityThatCannotBeReadIsNotToBeDeleted() throws IOException {
		start();
		Path key = this.directory.resolve("ca.key");
		Files.delete(key);
		Files.createDirectory(key);
		assertThatExceptionOfType(RefusedException.class).isThrownBy(this::start)
			.satisfies((refusal) -> assertThat(refusal.action()).doesNotContain("Delete"));
	}

	@Test
	void whatADeletedAuthorityIssuedIsReplaced() throws IOException {
		start();
		Files.delete(this.directory.resolve("ca.pem"));
		Files.delete(this.directory.resolve("ca.key"));
		assertThat(start().authority()).isNotNull();
	}

	@Test
	void directoryIsKeptOutOfVersionControl() {
		start();
		assertThat(this.directory.resolve(".gitignore")).hasContent("*");
	}

	@Test
	void gitignoreOfTheUsersOwnStays() throws IOException {
		Path ignore = Files.writeString(this.directory.resolve(".gitignore"), "*.key");
		start();
		assertThat(ignore).hasContent("*.key");
	}

	@Test
	void directoryWithOtherFilesIsNotIgnored() throws IOException {
		Files.writeString(this.directory.resolve("pom.xml"), "");
		start();
		assertThat(this.directory.resolve(".gitignore")).doesNotExist();
	}

	@Test
	void gitignoreThatWasRemovedStaysAway() throws IOException {
		start();
		Files.delete(this.directory.resolve(".gitignore"));
		start();
		assertThat(this.directory.resolve(".gitignore")).doesNotExist();
	}

	@Test
	void directoryInWhichOthersMayWriteIsRefused() throws IOException {
		permissions("", "rwxrwxrwx");
		RefusedException refusal = catchThrowableOfType(RefusedException.class, this::start);
		assertThat(refusal).hasMessageContaining("secure-grpc.dev-ca.directory: " + this.directory + ": owner ")
			.hasMessageContaining("mode 777");
		assertThat(refusal.action()).contains("chmod 700 " + this.directory);
		assertThat(this.directory).isEmptyDirectory();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ca.key", "server.key", "client.key" })
	void keyThatOthersMayReadIsRefused(String key) throws IOException {
		start();
		String before = Files.readString(this.directory.resolve(key));
		permissions(key, "rw-r--r--");
		RefusedException refusal = catchThrowableOfType(RefusedException.class, this::start);
		assertThat(refusal).hasMessageContaining(key + ": owner ").hasMessageContaining("mode 644");
		assertThat(refusal.action()).contains("chmod 600 " + this.directory.resolve(key));
		assertThat(this.directory.resolve(key)).hasContent(before);
		permissions(key, "rw-------");
		assertThat(start()).isNotNull();
	}

	private void assertRefused(String message, Path... files) throws IOException {
		String[] before = new String[files.length];
		for (int i = 0; i < files.length; i++) {
			before[i] = Files.readString(files[i]);
		}
		RefusedException refusal = catchThrowableOfType(RefusedException.class, this::start);
		assertThat(refusal).hasMessageContaining(message);
		assertThat(refusal.action()).contains("secure-grpc.dev-ca.directory");
		for (int i = 0; i < files.length; i++) {
			assertThat(files[i]).hasContent(before[i]);
		}
	}

	private void permissions(String file, String permissions) throws IOException {
		assumeThat(this.directory.getFileSystem().supportedFileAttributeViews()).contains("unix");
		Files.setPosixFilePermissions(this.directory.resolve(file), PosixFilePermissions.fromString(permissions));
	}

	private DevMaterial start() {
		return new DevCertificates(this.directory, Duration.ofHours(24), this.clock).load();
	}

}
