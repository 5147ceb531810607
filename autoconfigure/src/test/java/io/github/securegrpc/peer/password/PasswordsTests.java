package io.github.securegrpc.peer.password;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import io.github.securegrpc.material.source.Location;
import io.github.securegrpc.peer.password.Passwords.Verdict;
import io.github.securegrpc.rotation.RotatingMaterials;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is remembered of passwords, and what is not.
 */
class PasswordsTests {

	private static final BasicCredentials RIGHT = new BasicCredentials("alice", "secret");

	private final RotatingMaterials materials = new RotatingMaterials((event) -> {
	}, Clock.systemUTC());

	private final Path file;

	private final Passwords passwords;

	PasswordsTests(@TempDir Path directory) throws Exception {
		this.file = directory.resolve("users");
		write("alice", "secret");
		this.passwords = Passwords.load(new Location(this.file.toString(), "it"), this.materials, Clock.systemUTC());
	}

	@AfterEach
	void close() {
		this.passwords.close();
	}

	@Test
	void rightPasswordIsVerifiedOnce() throws Exception {
		assertThat(verify(RIGHT)).isNotDone().succeedsWithin(java.time.Duration.ofSeconds(10)).isEqualTo(Verdict.RIGHT);
		assertThat(verify(RIGHT)).isCompletedWithValue(Verdict.RIGHT);
		assertThat(verify(RIGHT)).isCompletedWithValue(Verdict.RIGHT);
	}

	@Test
	void wrongPasswordAndUnknownUserAreVerifiedEachTime() throws Exception {
		assertThat(verify(RIGHT).get(10, TimeUnit.SECONDS)).isEqualTo(Verdict.RIGHT);
		for (BasicCredentials wrong : Set.of(new BasicCredentials("alice", "Secret"), new BasicCredentials("alice", ""),
				new BasicCredentials("Alice", "secret"), new BasicCredentials("", ""))) {
			for (int i = 0; i < 2; i++) {
				CompletableFuture<Verdict> verdict = verify(wrong);
				assertThat(verdict.get(10, TimeUnit.SECONDS)).as(wrong.user()).isEqualTo(Verdict.WRONG);
			}
		}
	}

	@Test
	void anotherHashForgetsWhatWasRight() throws Exception {
		assertThat(verify(RIGHT).get(10, TimeUnit.SECONDS)).isEqualTo(Verdict.RIGHT);
		write("alice", "secret"); // the same password, with another salt
		int before = this.materials.files().get(0).number();
		this.materials.tick();
		Awaitility.await().until(() -> this.materials.files().get(0).number() > before);
		assertThat(verify(RIGHT)).isNotDone().succeedsWithin(java.time.Duration.ofSeconds(10)).isEqualTo(Verdict.RIGHT);
		assertThat(verify(RIGHT)).isCompletedWithValue(Verdict.RIGHT);
	}

	@Test
	void nothingPrintsAPassword() {
		Set<String> printed = new HashSet<>();
		printed.add(RIGHT.toString());
		printed.add(new Known("$2a$hash", "digest").toString());
		printed.add(this.materials.files().get(0).toString());
		printed.add(String.valueOf(this.materials.files().get(0).current()));
		assertThat(printed)
			.noneMatch((text) -> text.contains("secret") || text.contains("$2") || text.contains("digest"))
			.contains("1 user");
	}

	private CompletableFuture<Verdict> verify(BasicCredentials presented) {
		return this.passwords.verify(presented, "it");
	}

	/* A cost at which nothing is done before the next line. */
	private void write(String user, String password) throws Exception {
		Files.writeString(this.file, user + ":" + new BCryptPasswordEncoder(10).encode(password));
	}

}
