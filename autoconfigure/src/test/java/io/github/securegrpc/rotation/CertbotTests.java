package io.github.securegrpc.rotation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.check.MaterialCheck;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * certbot's directory: {@code live/} has links into {@code archive/}, which a renewal
 * re-points one after the other, without a deploy hook.
 */
class CertbotTests extends RotatingFiles {

	private final X509Bundle intermediate = TestCertificates
		.issue((builder) -> builder.subject("CN=intermediate").setIsCertificateAuthority(true), this.authority);

	@Test
	void renewalIsTakenOnceBothLinksPointToIt() throws IOException {
		Path live = Files.createDirectories(this.directory.resolve("live/ledger.example.com"));
		Path archive = Files.createDirectories(this.directory.resolve("archive/ledger.example.com"));
		this.cert = live.resolve("fullchain.pem");
		this.key = live.resolve("privkey.pem");
		X509Bundle before = issue(archive, 1);
		point("fullchain", 1);
		point("privkey", 1);
		this.material = this.materials.load("server", source(null), MaterialCheck.Side.SERVER);
		assertThat(chain()).containsExactly(before.getCertificate(), this.intermediate.getCertificate());

		X509Bundle next = issue(archive, 2);
		point("privkey", 2);
		this.materials.tick();
		assertThat(leaf()).as("half way").isEqualTo(before.getCertificate());
		point("fullchain", 2);
		this.materials.tick();
		assertThat(chain()).containsExactly(next.getCertificate(), this.intermediate.getCertificate());
		assertThat(this.material.current().number()).isEqualTo(2);
		assertThat(this.material.lastRefusal()).isNull();
	}

	private List<X509Certificate> chain() {
		return Objects.requireNonNull(this.material.current().material().identity()).chain();
	}

	private X509Bundle issue(Path archive, int number) {
		X509Bundle leaf = TestCertificates.server(this.intermediate);
		TestCertificates.write(archive.resolve("fullchain%d.pem".formatted(number)),
				TestCertificates.pem(leaf.getCertificate(), this.intermediate.getCertificate()));
		TestCertificates.write(archive.resolve("privkey%d.pem".formatted(number)),
				TestCertificates.pem(leaf.getKeyPair().getPrivate()));
		return leaf;
	}

	private void point(String file, int number) throws IOException {
		Path live = this.directory.resolve("live/ledger.example.com");
		Path link = Files.createSymbolicLink(live.resolve(file + ".new"),
				Path.of("../../archive/ledger.example.com/%s%d.pem".formatted(file, number)));
		Files.move(link, live.resolve(file + ".pem"), StandardCopyOption.ATOMIC_MOVE);
	}

}
