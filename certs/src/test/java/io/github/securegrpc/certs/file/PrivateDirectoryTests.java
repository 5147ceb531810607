package io.github.securegrpc.certs.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.certs.AuthorityRequest;
import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.MutableClock;
import io.github.securegrpc.certs.Owners;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests that no key is kept where others have a say, and that nothing is written there.
 */
class PrivateDirectoryTests {

	private final Path parent;

	private final Path directory;

	PrivateDirectoryTests(@TempDir Path parent) {
		this.parent = parent;
		this.directory = parent.resolve("depot");
	}

	@BeforeEach
	void ask() throws IOException {
		assumeThat(FileOwnership.isKnown(this.parent)).isTrue();
		Files.createDirectory(this.directory);
	}

	@ParameterizedTest
	@ValueSource(strings = { "777", "1777", "702", "770", "775" })
	void directoryInWhichOthersMayWriteIsRefused(String mode) throws IOException {
		mode(this.directory, mode);
		RefusedException refusal = refusal(this.directory);
		assertThat(refusal).hasMessageContaining(this.directory + ": owner ")
			.hasMessageContaining("mode " + mode + " (expected: a directory for private keys");
		assertThat(refusal.action()).contains("chmod 700 " + this.directory);
	}

	@Test
	void directoryOfAnotherUserIsRefused() throws IOException {
		mode(this.directory, "755");
		assumeThat(Owners.give(this.directory)).isTrue();
		assertThat(refusal(this.directory)).hasMessageContaining("owner 12345, ");
	}

	@Test
	void linkToSuchADirectoryIsRefused() throws IOException {
		mode(this.directory, "777");
		Path link = Files.createSymbolicLink(this.parent.resolve("link"), Path.of("depot"));
		assertThat(refusal(link)).hasMessageContaining("mode 777");
	}

	@Test
	void directoryWhoseParentOthersMayWriteIsRefused() throws IOException {
		Path inside = Files.createDirectories(this.directory.resolve("a/b"));
		mode(inside, "700");
		mode(this.directory, "777");
		RefusedException refusal = refusal(inside);
		assertThat(refusal).hasMessageContaining(inside + ": reached through ").hasMessageContaining("mode 777");
		assertThat(refusal.action()).contains("chmod go-w " + this.directory.toRealPath());
	}

	@Test
	void groupOfTheParentThatIsNotTheOwnersAloneIsAnother() throws IOException {
		assumeThat(Owners.share(this.directory)).isTrue();
		Path inside = Files.createDirectory(this.directory.resolve("a"));
		mode(this.directory, "775");
		assertThat(refusal(inside)).hasMessageContaining("reached through ");
	}

	@Test
	void stickyParentWillDo() throws IOException {
		Path inside = Files.createDirectory(this.directory.resolve("a"));
		mode(this.directory, "1777");
		create(inside);
		assertThat(inside.resolve("CA.key")).exists();
	}

	@Test
	void linkOfAnotherInAStickyDirectoryIsRefused(@TempDir Path elsewhere) throws IOException {
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), elsewhere);
		assumeThat(Owners.give(link)).isTrue();
		mode(this.directory, "1777");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> create(link))
			.withMessageContaining("reached through ");
		assertThat(elsewhere).isEmptyDirectory();
	}

	@Test
	void linkByWayOfADirectoryThatOthersMayWriteIsRefused(@TempDir Path elsewhere) throws IOException {
		Path hop = Files.createSymbolicLink(this.directory.resolve("hop"), elsewhere);
		Path link = Files.createSymbolicLink(this.parent.resolve("link"), hop);
		mode(this.directory, "777");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> create(link))
			.withMessageContaining("reached through ");
		assertThat(elsewhere).isEmptyDirectory();
	}

	@ParameterizedTest
	@ValueSource(strings = { "700", "755", "711" })
	void directoryThatOnlyItsOwnerMayWriteWillDo(String mode) throws IOException {
		mode(this.directory, mode);
		create(this.directory);
		assertThat(this.directory.resolve("CA.key")).exists();
		create(Files.createDirectory(this.directory.resolve("sub")).resolve("../sub/./new"));
		assertThat(this.directory.resolve("sub/new/CA.key")).exists();
	}

	@Test
	void lockIsForTheOwnerOnlyAndFollowsNoLink(@TempDir Path elsewhere) throws IOException {
		create(this.directory);
		assertThat(FileOwnership.of(this.directory.resolve(".lock")).mode() & 0xfff).isEqualTo(0x180);
		Files.delete(this.directory.resolve(".lock"));
		Files.createSymbolicLink(this.directory.resolve(".lock"), elsewhere.resolve("made"));
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> Depot.certstrap(this.directory).removeLeftovers());
		assertThat(elsewhere).isEmptyDirectory();
	}

	private static RefusedException refusal(Path directory) {
		RefusedException refusal = catchThrowableOfType(RefusedException.class, () -> create(directory));
		assertThat(directory).isEmptyDirectory();
		return refusal;
	}

	private static void create(Path directory) {
		CertificateAuthority.create(Depot.certstrap(directory), AuthorityRequest.named("CA"), new MutableClock());
	}

	private static void mode(Path path, String octal) throws IOException {
		Files.setAttribute(path, "unix:mode", Integer.parseInt(octal, 8));
	}

}
