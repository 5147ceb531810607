package io.github.securegrpc.certs.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.certs.AuthorityRequest;
import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.MutableClock;
import io.github.securegrpc.certs.Owners;
import io.github.securegrpc.certs.key.NewFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests that a write removes what killed processes left, and nothing else that somebody
 * keeps in the same directory.
 */
class LeftoversTests {

	private final Path directory;

	private final Depot depot;

	LeftoversTests(@TempDir Path directory) {
		this.directory = directory;
		this.depot = Depot.certstrap(directory);
	}

	@ParameterizedTest
	@ValueSource(strings = { ".notes.tmp", ".CA.key.1.tmp", "CA.key.1.secure-grpc.tmp", ".CA.key.secure-grpc.tmp",
			".CA.key.one.secure-grpc.tmp", ".CA.key.1.secure-grpc.tmp.swp", ".1.secure-grpc.tmp" })
	void filesOfTheUsersOwnStay(String name) throws IOException {
		Path own = Files.writeString(this.directory.resolve(name), "mine");
		write();
		assertThat(own).hasContent("mine");
	}

	@Test
	void directoriesAndLinksStayWhateverTheirName(@TempDir Path elsewhere) throws IOException {
		Path target = Files.writeString(elsewhere.resolve("target"), "mine");
		Path link = Files.createSymbolicLink(this.directory.resolve(".a.key.1.secure-grpc.tmp"), target);
		Path inside = Files.createDirectory(this.directory.resolve(".b.key.1.secure-grpc.tmp"));
		write();
		assertThat(link).isSymbolicLink().hasContent("mine");
		assertThat(inside).isDirectory();
	}

	@Test
	void filesOfAnotherUserStay() throws IOException {
		Path other = Files.writeString(this.directory.resolve(".a.key.1.secure-grpc.tmp"), "another's");
		assumeThat(Owners.give(other)).isTrue();
		write();
		assertThat(other).hasContent("another's");
		new NewFile(this.directory.resolve("a.key")).writeText("new");
		assertThat(other).hasContent("another's");
	}

	@Test
	void whatWasStagedHereGoes() throws IOException {
		Path staged = Files.writeString(this.directory.resolve(".My.CA.key.123.secure-grpc.tmp"), "a whole key");
		write();
		assertThat(staged).doesNotExist();
		assertThat(Files.exists(staged, LinkOption.NOFOLLOW_LINKS)).isFalse();
	}

	private void write() {
		CertificateAuthority.create(this.depot, AuthorityRequest.named("CA"), new MutableClock()).crl();
	}

}
