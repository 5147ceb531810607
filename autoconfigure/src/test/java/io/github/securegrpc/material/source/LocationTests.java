package io.github.securegrpc.material.source;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where certificates may be kept, and where not.
 */
class LocationTests {

	private final X509Bundle authority = TestCertificates.authority("ca");

	private final String pem = TestCertificates.pem(this.authority.getCertificate());

	@Test
	void plainPathAndFileUrlAreFilesThatCanChange(@TempDir Path directory) {
		Path file = TestCertificates.write(directory.resolve("ca.crt"), this.pem);
		for (String value : new String[] { file.toString(), "file:" + file, " " + file + "\n" }) {
			Location location = new Location(value, "secure-grpc.ca");
			assertThat(read(location)).isEqualTo(this.pem);
			assertThat(location.canChange()).isTrue();
			assertThat(location.directories()).containsExactly(directory.toAbsolutePath());
		}
	}

	@Test
	void classPathInlineAndBase64NeverChange() throws Exception {
		Path classes = Path.of(LocationTests.class.getResource("/").toURI());
		Path onClassPath = TestCertificates.write(classes.resolve("location-tests-ca.crt"), this.pem);
		try {
			for (String value : new String[] { "classpath:location-tests-ca.crt", this.pem,
					"base64:" + Base64.getEncoder().encodeToString(this.pem.getBytes(StandardCharsets.UTF_8)) }) {
				Location location = new Location(value, "secure-grpc.ca");
				assertThat(read(location)).isEqualTo(this.pem);
				assertThat(location.canChange()).isFalse();
				assertThat(location.directories()).isEmpty();
			}
		}
		finally {
			Files.delete(onClassPath);
		}
	}

	@Test
	void otherSchemesAreRefused() {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> read(new Location("http://127.0.0.1:1/ca.crt", "secure-grpc.ca")))
			.withMessageContaining("secure-grpc.ca")
			.withMessageContaining("expected: a path, file:, classpath:, base64: or inline PEM");
	}

	@Test
	void emptyValueIsRefused() {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> new Location(" ", "secure-grpc.ca"))
			.withMessageContaining("secure-grpc.ca is empty");
	}

	@Test
	void badBase64IsRefusedWithoutPrintingIt() {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> read(new Location("base64:c2VjcmV0c2VjcmV=0", "secure-grpc.key")))
			.withMessageContaining("secure-grpc.key")
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.action()).doesNotContain("c2VjcmV0"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "data:application/x-pem-file;base64,%s", "https://bob:%s@vault.example/key.pem", "\"%s\"",
			"'%s'", "key=%s", "vault:%s" })
	void contentAndPasswordsAreNeverPrinted(String form) {
		String secret = Base64.getEncoder().encodeToString(this.authority.getKeyPair().getPrivate().getEncoded());
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> read(new Location(form.formatted(secret), "secure-grpc.key")))
			.withMessageContaining("secure-grpc.key")
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.action() + ex.getCause()).doesNotContain(secret));
	}

	@Test
	void longPathIsNotContent() {
		String path = "/var/lib/kubelet/pods/0a1b2c3d/volumes/kubernetesio/secret/MAINtlsDirectoryOfTheLedger/tls.crt";
		assertThat(new Location(path, "secure-grpc.cert").toString()).startsWith(path);
	}

	@Test
	void pipeIsRefusedInsteadOfWaitedFor(@TempDir Path directory) throws Exception {
		Path pipe = directory.resolve("tls.key");
		assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> read(new Location(pipe.toString(), "secure-grpc.key")))
			.withMessageContaining("it is no regular file");
	}

	@Test
	void directoryIsRefused(@TempDir Path directory) {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> read(new Location(directory.toString(), "secure-grpc.ca")))
			.withMessageContaining("is a directory");
	}

	@Test
	void bigFileIsNotReadToItsEnd(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("big");
		try (RandomAccessFile big = new RandomAccessFile(file.toFile(), "rw")) {
			big.setLength(8L * 1024 * 1024 * 1024);
		}
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> read(new Location(file.toString(), "secure-grpc.ca")))
			.withMessageContaining("more than 1 MiB");
	}

	private static String read(Location location) {
		return new String(new LocationReader().read(location), StandardCharsets.UTF_8);
	}

}
