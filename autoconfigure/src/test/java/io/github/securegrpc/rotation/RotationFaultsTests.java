package io.github.securegrpc.rotation;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever lies where the certificates were: the last good generation stays, it is said
 * once, and good files heal it.
 */
class RotationFaultsTests extends RotatingFiles {

	@Test
	void halfWrittenFileIsRefused() throws IOException {
		String whole = TestCertificates.pem(TestCertificates.server(this.authority).getCertificate());
		Files.writeString(this.cert, whole.substring(0, whole.length() / 2));
		refusedWith("is cut off");
	}

	@Test
	void emptyFileIsRefused() throws IOException {
		Files.writeString(this.cert, "");
		refusedWith("tls.crt");
	}

	@Test
	void keyOfAnotherCertificateIsRefused() {
		TestCertificates.write(this.key,
				TestCertificates.pem(TestCertificates.server(this.authority).getKeyPair().getPrivate()));
		refusedWith("does not belong to the leaf");
	}

	@Test
	void certificateOfAnotherKeyIsRefused() {
		TestCertificates.write(this.cert,
				TestCertificates.pem(TestCertificates.server(this.authority).getCertificate()));
		refusedWith("does not belong to the leaf");
	}

	@Test
	void chainWithTheWrongIntermediateIsRefused() {
		X509Bundle next = TestCertificates.server(this.authority);
		TestCertificates.write(this.key, TestCertificates.pem(next.getKeyPair().getPrivate()));
		TestCertificates.write(this.cert,
				TestCertificates.pem(next.getCertificate(), TestCertificates.authority("another").getCertificate()));
		refusedWith("is not issued by");
	}

	@Test
	void chainWithoutTheIntermediateThatWasPresentedSoFarIsRefused() {
		X509Bundle intermediate = TestCertificates
			.issue((builder) -> builder.subject("CN=intermediate").setIsCertificateAuthority(true), this.authority);
		X509Bundle whole = TestCertificates.server(intermediate);
		write(whole);
		TestCertificates.write(this.cert, TestCertificates.pem(whole.getCertificate(), intermediate.getCertificate()));
		this.materials.tick();
		assertThat(this.material.current().number()).isEqualTo(2);
		write(TestCertificates.server(intermediate));
		this.materials.tick();
		assertThat(this.refused).singleElement()
			.satisfies(
					(event) -> assertThat(event.refusal().reason()).contains("lacks the intermediate CN=intermediate"));
		assertThat(leaf()).isEqualTo(whole.getCertificate());
		write(TestCertificates.server(this.authority));
		this.materials.tick();
		assertThat(this.material.current().number()).as("a leaf that needs none").isEqualTo(3);
	}

	@Test
	void expiredCertificateIsRefused() {
		write(server(Duration.ofDays(-2), Duration.ofDays(-1)));
		refusedWith("expired at");
	}

	@Test
	void fileThatMayNotBeReadIsRefused() throws IOException {
		Files.setPosixFilePermissions(this.key, PosixFilePermissions.fromString("---------"));
		if (Files.isReadable(this.key)) { // root reads everything but this
			Files.delete(this.key);
			Files.createSymbolicLink(this.key, Path.of("/proc/self/mem"));
		}
		refusedWith("be read");
	}

	@Test
	void directoryGoneIsRefusedAndHealsWhenItIsBack() throws IOException {
		Path away = this.directory.resolveSibling(this.directory.getFileName() + "-away");
		Files.move(this.directory, away);
		this.materials.tick();
		assertThat(this.refused).singleElement()
			.satisfies((event) -> assertThat(event.refusal().reason()).contains("does not exist"));
		Files.move(away, this.directory);
		heals();
	}

	@Test
	void loopOfSymbolicLinksIsRefused() throws IOException {
		Files.delete(this.cert);
		Files.createSymbolicLink(this.cert, this.directory.resolve("other"));
		Files.createSymbolicLink(this.directory.resolve("other"), this.cert);
		refusedWith("loop of symbolic links");
	}

	@Test
	void fileOfHundredMebibytesIsRefusedByItsSize() throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(this.cert.toFile(), "rw")) {
			file.setLength(100L * 1024 * 1024);
		}
		refusedWith("more than 1 MiB");
	}

	@Test
	void binaryRubbishIsRefused() throws IOException {
		byte[] rubbish = new byte[4096];
		new Random(7).nextBytes(rubbish);
		Files.write(this.key, rubbish);
		refusedWith("tls.key");
	}

	@Test
	void emptiedTrustAnchorsAreRefused() throws IOException {
		Files.writeString(this.ca, "# nobody\n");
		refusedWith("ca.crt");
	}

	@Test
	void trustAnchorsThatHaveAllExpiredAreRefused() {
		TestCertificates
			.write(this.ca,
					TestCertificates.pem(TestCertificates.issue((builder) -> builder.subject("CN=old")
						.setIsCertificateAuthority(true)
						.notBefore(Instant.now().minus(Duration.ofDays(3)))
						.notAfter(Instant.now().minus(Duration.ofDays(1))), null).getCertificate()));
		refusedWith("no valid trust anchor");
	}

	@Test
	void oneBadCharacterOfBase64IsRefused() throws IOException {
		Files.writeString(this.cert, Files.readString(this.cert).replaceFirst("MII", "M*I"));
		refusedWith("tls.crt");
	}

	private void refusedWith(String reason) {
		this.materials.tick();
		this.materials.tick();
		assertThat(this.refused).as("said once").singleElement().satisfies((event) -> {
			assertThat(event.refusal().reason()).contains(reason);
			assertThat(event.refusal().action()).isNotBlank();
			assertThat(event.generation()).isEqualTo(1);
		});
		assertThat(this.material.lastRefusal()).isEqualTo(this.refused.get(0).refusal());
		assertThat(leaf()).isEqualTo(this.first.getCertificate());
		heals();
	}

	private void heals() {
		deleteAll();
		TestCertificates.write(this.ca, TestCertificates.pem(this.authority.getCertificate()));
		X509Bundle good = TestCertificates.server(this.authority);
		write(good);
		this.materials.tick();
		assertThat(leaf()).isEqualTo(good.getCertificate());
		assertThat(this.material.current().number()).isEqualTo(2);
		assertThat(this.material.lastRefusal()).isNull();
	}

}
