package io.github.securegrpc.material.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsMaterialSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The keys and certificates that tools in the field write, made by openssl in the test.
 */
@EnabledIf("hasOpenssl")
class PemFormatsTests {

	@TempDir
	private Path directory = Path.of("");

	static boolean hasOpenssl() {
		try {
			return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
		}
		catch (IOException | InterruptedException ex) {
			return false;
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "genrsa -out tls.key 2048", "genrsa -traditional -out tls.key 2048",
			"ecparam -name prime256v1 -genkey -out tls.key", "ecparam -name prime256v1 -genkey -noout -out tls.key",
			"genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out tls.key",
			"genpkey -algorithm ed25519 -out tls.key" })
	void keyOfEveryToolLoads(String command) {
		openssl(command);
		selfSign("tls.key");
		assertThat(load(null).identity()).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-v2 aes-256-cbc", "-v2 aes-128-cbc -v2prf hmacWithSHA1" })
	void encryptedKeyOpensWithItsPasswordAlone(String cipher) {
		openssl("genrsa -out plain.key 2048");
		selfSign("plain.key");
		openssl("pkcs8 -topk8 -in plain.key -out tls.key -passout pass:correct-horse " + cipher);
		assertThat(load("correct-horse").identity()).isNotNull();
		refuses("wrong-donkey", "cannot be decrypted");
		refuses(null, "is encrypted and no password is given");
	}

	@Test
	void cipherUnknownToTheJvmIsRefusedWithTheCommandThatConvertsIt() {
		openssl("genrsa -out plain.key 2048");
		selfSign("plain.key");
		openssl("pkcs8 -topk8 -in plain.key -out tls.key -passout pass:correct-horse -v2 des3");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> load("correct-horse"))
			.withMessageContaining("or the cipher is unknown to this JVM")
			.satisfies((ex) -> assertThat(ex.action()).contains("openssl pkcs8 -topk8 -v2 aes-256-cbc"));
	}

	@Test
	void legacyEncryptedKeyIsRefusedWithTheCommandThatConvertsIt() {
		openssl("genrsa -out plain.key 2048");
		selfSign("plain.key");
		openssl("rsa -in plain.key -traditional -des3 -passout pass:correct-horse -out tls.key");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> load("correct-horse"))
			.withMessageContaining("OpenSSL's legacy format")
			.satisfies((ex) -> assertThat(ex.action()).contains("openssl pkcs8 -topk8"));
	}

	@Test
	void keyOfTheLeafIsFoundAmongSeveral() throws IOException {
		openssl("genrsa -out other.key 2048");
		openssl("ecparam -name prime256v1 -genkey -out own.key");
		selfSign("own.key");
		Files.writeString(file("tls.key"), "Bag Attributes: some text\n" + Files.readString(file("other.key"))
				+ "more text\n" + Files.readString(file("own.key")));
		assertThat(Objects.requireNonNull(load(null).identity()).privateKey().getAlgorithm()).isEqualTo("EC");
	}

	@Test
	void keyThatCannotBeReadIsOfNoMatterBesideTheKeyOfTheLeaf() throws IOException {
		openssl("genrsa -aes256 -passout pass:secret -out other.key 2048");
		openssl("ecparam -name prime256v1 -genkey -out own.key");
		selfSign("own.key");
		Files.writeString(file("tls.key"), Files.readString(file("other.key")) + Files.readString(file("own.key")));
		assertThat(Objects.requireNonNull(load(null).identity()).privateKey().getAlgorithm()).isEqualTo("EC");
		Files.writeString(file("tls.key"), Files.readString(file("other.key")));
		refuses(null, "is encrypted and no password is given");
	}

	@Test
	void byteOrderMarkAndWindowsLineEndsLoad() throws IOException {
		openssl("genrsa -out tls.key 2048");
		selfSign("tls.key");
		for (String name : List.of("tls.key", "tls.crt")) {
			Files.writeString(file(name), "\uFEFF" + Files.readString(file(name)).replace("\n", "\r\n"));
		}
		assertThat(load(null).identity()).isNotNull();
	}

	@Test
	void oneBadCharacterOfBase64IsRefusedWithoutQuotingTheKey() throws IOException {
		openssl("genrsa -out tls.key 2048");
		selfSign("tls.key");
		String key = Files.readString(file("tls.key"));
		Files.writeString(file("tls.key"), key.substring(0, 100) + "!" + key.substring(101));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> load(null))
			.withMessageContaining("cannot be decoded")
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.action()).doesNotContain(key.substring(40, 90)));
	}

	@Test
	void keyStoreIsNamedForWhatItIs() {
		openssl("genrsa -out plain.key 2048");
		selfSign("plain.key");
		openssl("pkcs12 -export -inkey plain.key -in tls.crt -out tls.key -passout pass:correct-horse");
		refuses(null, "holds a PKCS#12 key store");
	}

	@Test
	void binaryCertificateIsNamedForWhatItIs() {
		openssl("genrsa -out plain.key 2048");
		selfSign("plain.key");
		openssl("x509 -in tls.crt -outform der -out tls.key");
		refuses(null, "holds binary DER");
	}

	private void refuses(@org.jspecify.annotations.Nullable String password, String message) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> load(password))
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.action()).doesNotContain("correct-horse")
				.doesNotContain("wrong-donkey"));
	}

	private TlsMaterial load(@org.jspecify.annotations.Nullable String password) {
		MaterialLevel level = new MaterialLevel("secure-grpc.server", file("tls.crt").toString(),
				file("tls.key").toString(), password, null, null, null, null);
		TlsMaterialSource source = new MaterialSources(DefaultSslBundleRegistry::new).resolve(List.of(level), null);
		return Objects.requireNonNull(source).load();
	}

	private void selfSign(String key) {
		openssl("req -x509 -new -key %s -subj /CN=localhost -days 2 -addext subjectAltName=DNS:localhost -out tls.crt"
			.formatted(key));
	}

	private Path file(String name) {
		return this.directory.resolve(name);
	}

	private void openssl(String command) {
		try {
			List<String> words = new java.util.ArrayList<>(List.of("openssl"));
			words.addAll(List.of(command.split(" ", -1)));
			Process process = new ProcessBuilder(words).directory(this.directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(file("openssl.log").toFile())
				.start();
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).as(Files.readString(file("openssl.log"), StandardCharsets.ISO_8859_1))
				.isZero();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
