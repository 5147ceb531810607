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
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests that a key that others may have read is not used, and not repaired in silence.
 */
class PrivateFileTests {

	private final Path parent;

	private final Depot depot;

	PrivateFileTests(@TempDir Path parent) {
		this.parent = parent;
		this.depot = Depot.certstrap(parent.resolve("depot"));
	}

	@BeforeEach
	void create() throws IOException {
		assumeThat(FileOwnership.isKnown(this.parent)).isTrue();
		CertificateAuthority.create(this.depot, AuthorityRequest.named("CA"), new MutableClock());
	}

	@ParameterizedTest
	@ValueSource(strings = { "644", "604", "666", "602" })
	void keyThatOthersMayReadOrWriteIsRefusedAndLeftAsItIs(String mode) throws IOException {
		mode(mode);
		RefusedException refusal = catchThrowableOfType(RefusedException.class, this::open);
		assertThat(refusal).hasMessageContaining("CA.key: owner ")
			.hasMessageContaining("mode " + mode + " (expected: a private key");
		assertThat(refusal.action()).contains("chmod 600 " + this.depot.key("CA"));
		assertThat(FileOwnership.of(this.depot.key("CA")).mode() & 0xfff).isEqualTo(Integer.parseInt(mode, 8));
	}

	@Test
	void keyThatAGroupMayReadIsRefused() throws IOException {
		assumeThat(Owners.share(this.depot.key("CA"))).isTrue();
		mode("640");
		assertThat(catchThrowableOfType(RefusedException.class, this::open)).hasMessageContaining("mode 640");
	}

	@Test
	void keyOfAnotherUserIsRefused() {
		assumeThat(Owners.give(this.depot.key("CA"))).isTrue();
		assertThat(catchThrowableOfType(RefusedException.class, this::open)).hasMessageContaining("owner 12345");
	}

	@Test
	void keyWithoutItsCertificateIsNotTakenUpEither() throws IOException {
		mode("644");
		Files.delete(this.depot.certificate("CA"));
		assertThat(catchThrowableOfType(RefusedException.class, this::create)).hasMessageContaining("mode 644");
		assertThat(this.depot.certificate("CA")).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "400", "440", "600" })
	void keyOfTheOwnersAloneOpens(String mode) throws IOException {
		mode(mode);
		assertThat(open()).isNotNull();
	}

	private CertificateAuthority open() {
		return CertificateAuthority.open(this.depot, "CA", new MutableClock());
	}

	private void mode(String octal) throws IOException {
		Files.setAttribute(this.depot.key("CA"), "unix:mode", Integer.parseInt(octal, 8));
	}

}
