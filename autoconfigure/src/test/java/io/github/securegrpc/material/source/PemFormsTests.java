package io.github.securegrpc.material.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.TestCrl;
import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsMaterial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What environment files, JSON, YAML and editors make of PEM: read where it can mean one
 * thing only, else named.
 */
@ExtendWith(OutputCaptureExtension.class)
class PemFormsTests {

	private final X509Bundle ca = TestCertificates.authority("ca");

	private final X509Bundle server = TestCertificates.server(this.ca);

	private final String cert = TestCertificates.pem(this.server.getCertificate(), this.ca.getCertificate());

	private final String key = TestCertificates.pem(this.server.getKeyPair().getPrivate());

	private final String crl = TestCrl.of(this.ca).pem();

	@TempDir
	private Path directory = Path.of("");

	static Stream<UnaryOperator<String>> unambiguous() {
		return Stream.of((pem) -> pem.replace("\n", "\\n"), (pem) -> pem.replace("\n", "\\r\\n"),
				(pem) -> pem.replace("\n", "\\\\n"), (pem) -> pem.replace("\n", "\\n").replace("/", "\\/"),
				(pem) -> pem.replace('\n', ' '), (pem) -> pem.replace("\n", ""), (pem) -> pem.replace("\n", "\r\n"),
				(pem) -> pem.replace('\n', '\r'), (pem) -> "    " + pem.replace("\n", "\n    "),
				(pem) -> "\t" + pem.replace("\n", " \n\t"), (pem) -> "\uFEFF" + pem, (pem) -> '"' + pem + '"',
				(pem) -> "'" + pem.replace("\n", "\\n") + "'", (pem) -> pem.replace("\n", "\u00A0\n"));
	}

	@ParameterizedTest
	@MethodSource("unambiguous")
	void formOfLineEndsIsRead(UnaryOperator<String> form) {
		for (boolean inline : new boolean[] { true, false }) {
			TlsMaterial material = load(value("a.crt", form.apply(this.cert), inline),
					value("a.key", form.apply(this.key), inline), value("ca.crt", form.apply(this.cert), inline),
					value("ca.crl", form.apply(this.crl), inline));
			assertThat(Objects.requireNonNull(material.identity()).chain())
				.containsExactly(this.server.getCertificate(), this.ca.getCertificate());
			assertThat(Objects.requireNonNull(material.trustAnchors()).certificates()).hasSize(2);
			assertThat(material.revocationLists()).isNotNull();
		}
	}

	@Test
	void textInUtf16WithItsMarkIsRead() throws IOException {
		for (String name : List.of("UTF-16", "x-UTF-16LE-BOM")) {
			Files.write(file("a.crt"), this.cert.getBytes(name));
			Files.write(file("a.key"), this.key.getBytes(name));
			assertThat(load(file("a.crt").toString(), file("a.key").toString(), null, null).identity()).isNotNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "----BEGIN CERTIFICATE----\nX\n----END CERTIFICATE----\n",
			"-----begin certificate-----\nX\n-----end certificate-----\n", "-----END CERTIFICATE-----\n",
			"\u2014\u2014BEGIN CERTIFICATE\u2014\u2014\nX\n" })
	void boundaryThatIsNotWholeIsNotPassedOver(String broken) {
		for (String text : List.of(this.cert + broken, broken + this.cert, broken)) {
			refuses(text, "a BEGIN or END line that is not whole", "five hyphens");
		}
	}

	@Test
	void blockThatIsCutOffBeforeAnotherIsNamed() {
		refuses(this.cert.substring(0, 200) + "\n" + this.cert, "is cut off: BEGIN CERTIFICATE has no END", "again");
	}

	@Test
	void otherFormsOfTextAreNamed() {
		String base64 = java.util.Base64.getEncoder().encodeToString(this.cert.getBytes(StandardCharsets.UTF_8));
		refuses(base64, "holds PEM that is encoded once more in base64", "base64 -d " + file("x.crt"));
		refuses(this.cert.replaceAll("-----[^-]*-----", "").substring(0, 500), "base64 without its BEGIN and END",
				"base64 -d " + file("x.crt"));
		refuses(this.cert.replace(" ", "%20").replace("\n", "%0A"), "holds PEM in URL encoding", "Decode it");
		refuses("{\"data\":{\"certificate\":\"x\"}}", "holds JSON", "its PEM field");
		refuses("<!DOCTYPE html><title>404</title>", "holds XML or HTML", "again");
		refuses(" \n \n", "holds nothing but blanks (4 bytes)", "again");
		refuses("ssh-ed25519 AAAA me", "holds an OpenSSH public key", "PEM");
		refuses("PuTTY-User-Key-File-3: ssh-rsa", "holds a PuTTY key", "puttygen " + file("x.crt"));
	}

	@Test
	void trustedCertificateAndPkcs7AreNotPassedOverBesideOthers() {
		refuses(this.cert + TestCertificates.block("TRUSTED CERTIFICATE", new byte[9]), "holds TRUSTED CERTIFICATE",
				"openssl x509 -in " + file("x.crt"));
		refuses(this.cert + TestCertificates.block("PKCS7", new byte[9]), "holds PKCS7",
				"openssl pkcs7 -print_certs -in " + file("x.crt"));
	}

	@Test
	void blockThatIsNotUsedIsWarnedOf(CapturedOutput output) {
		load(value("a.crt", this.cert + this.crl, false), value("a.key", this.cert + this.key, false),
				value("ca.crt", this.cert + this.crl + this.key, false), null);
		assertThat(output).contains("(secure-grpc.server.cert) also holds X509 CRL, which is not used")
			.contains("(secure-grpc.server.ca) also holds X509 CRL, PRIVATE KEY, which is not used")
			.doesNotContain("(secure-grpc.server.key) also");
	}

	@Test
	void otherContentUnderTheLabelIsNamed() {
		refuses(TestCertificates.block("CERTIFICATE", this.server.getKeyPair().getPrivate().getEncoded()),
				"says CERTIFICATE of a private key, block 1", "again");
		refuses(TestCertificates.block("CERTIFICATE", this.server.getKeyPair().getPublic().getEncoded()),
				"says CERTIFICATE of a public key", "again");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-", "\\", "BEGIN ", "-----BEGIN ", " ", "--END " })
	@Timeout(20)
	void fileFullOfOneThingCostsLittle(String text) {
		for (String before : List.of("", this.cert, "-----BEGIN CERTIFICATE-----\n")) {
			String content = before + text.repeat(1_000_000 / text.length());
			assertThatExceptionOfType(RefusedException.class).isThrownBy(
					() -> load(value("x.crt", content + "-----END CERTIFICATE-----", false), this.key, null, null));
		}
	}

	@Test
	void commandsQuoteTheFileAndSayWhereInlineContentGoes() {
		assertThat(new Location("file:/a b/it's.crt", "x.cert").file()).isEqualTo("'/a b/it'\\''s.crt'");
		assertThat(new Location("file:///etc/tls.crt", "x.cert").file()).isEqualTo("/etc/tls.crt");
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> load(TestCertificates.block("PKCS7", new byte[9]), this.key, null, null))
			.satisfies((ex) -> assertThat(ex.action())
				.isEqualTo("With the content of secure-grpc.server.cert in cert.pem: Convert it: "
						+ "openssl pkcs7 -print_certs -in cert.pem -out cert.pem.pem"));
	}

	private void refuses(String text, String message, String action) {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> load(value("x.crt", text, false), this.key, null, null))
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.action()).contains(action));
	}

	private static TlsMaterial load(String cert, String key, @org.jspecify.annotations.Nullable String ca,
			@org.jspecify.annotations.Nullable String crl) {
		MaterialLevel level = new MaterialLevel("secure-grpc.server", cert, key, null, ca, null, crl, null);
		return Objects.requireNonNull(new MaterialSources(DefaultSslBundleRegistry::new).resolve(List.of(level), null))
			.load();
	}

	private String value(String name, String content, boolean inline) {
		return inline ? content : TestCertificates.write(file(name), content).toString();
	}

	private Path file(String name) {
		return this.directory.resolve(name);
	}

}
