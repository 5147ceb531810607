package io.github.securegrpc.application;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Base64;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.OpensslFiles;
import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a start says of files in another form, and of certificates that openssl accepts
 * and the JVM does not.
 */
@EnabledIf("io.github.securegrpc.OpensslFiles#isThere")
class FileFormStartTests extends StartGuards {

	private OpensslFiles files = new OpensslFiles(this.directory);

	@BeforeEach
	void makePair() {
		this.files = new OpensslFiles(this.directory);
		this.files.run("ecparam -name prime256v1 -genkey -noout -out k.key");
		this.files.selfSign("k.key", "k.crt");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\n", " " })
	void pemOnOneLineIsServed(String lineEnd) throws Exception {
		String[] inline = pair(TestCertificates.pem(this.server.getCertificate()).replace("\n", lineEnd),
				TestCertificates.pem(this.server.getKeyPair().getPrivate()).replace("\n", lineEnd));
		for (String provider : new String[] { "openssl", "jdk" }) {
			try (ConfigurableApplicationContext context = TestApplication
				.start(with(inline, "secure-grpc.provider=" + provider))) {
				assertThat(new TlsProbe(TestCertificates.client(this.ca)).connect(TestApplication.port(context))
					.getEncoded()).isEqualTo(this.server.getCertificate().getEncoded());
			}
		}
	}

	@Test
	void certificateThatTheJvmRejectsIsRefusedWithItsReason() {
		this.files.run("req -x509 -new -key k.key -subj /CN=ca -days 2 -out ca.crt");
		this.files.run("req -new -key k.key -subj / -addext subjectAltName=DNS:localhost -out k.csr");
		file("k.ext", "subjectAltName=DNS:localhost\n");
		this.files.run("x509 -req -in k.csr -CA ca.crt -CAkey k.key -CAcreateserial -days 2 -extfile k.ext -out e.crt");
		refuses("cannot be decoded, the JVM says: X.509 Certificate is incomplete: SubjectAlternativeName extension "
				+ "MUST be marked critical", this.files.server("e.crt", "k.key"));
	}

	@Test
	void curveWithExplicitParametersIsNamed() {
		this.files.run("ecparam -name prime256v1 -param_enc explicit -genkey -noout -out e.key");
		this.files.selfSign("e.key", "e.crt");
		refuses("Only named ECParameters supported", this.files.server("e.crt", "e.key"));
		refuses("holds a key of type EC with explicit parameters", this.files.server("k.crt", "e.key"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			crl2pkcs7 -nocrl -certfile k.crt -out x | holds PKCS7 | openssl pkcs7 -print_certs
			crl2pkcs7 -nocrl -certfile k.crt -outform der -out x | binary DER, PKCS#7 | openssl pkcs7 -inform der
			x509 -in k.crt -outform der -out x | binary DER, an X.509 certificate | openssl x509 -inform der
			pkcs12 -export -inkey k.key -in k.crt -passout pass:x -out x | a PKCS#12 key store | openssl pkcs12 -nodes
			req -new -key k.key -subj /CN=x -out x | no certificate, only CERTIFICATE REQUEST | secure-grpc.server.cert
			req -new -key k.key -subj /CN=x -outform der -out x | binary DER, a certificate request | belongs here
			pkey -in k.key -pubout -out x | no certificate, only PUBLIC KEY | secure-grpc.server.cert
			pkey -in k.key -pubout -outform der -out x | binary DER, a public key | belongs here
			pkey -in k.key -outform der -out x | binary DER, a private key | openssl pkey -inform der
			ec -in k.key -outform der -out x | binary DER, a private key | openssl pkey -inform der
			pkcs8 -topk8 -in k.key -passout pass:x -outform der -out x | an encrypted private key | openssl pkcs8
			x509 -in k.crt -trustout -addtrust serverAuth -out x | holds TRUSTED CERTIFICATE | openssl x509
			""")
	void otherFormatIsNamedWithTheCommandThatConvertsIt(String make, String message, String action) {
		this.files.run(make);
		assertThatThrownBy(() -> TestApplication.start(this.files.server("x", "k.key")).close())
			.satisfies((ex) -> assertThat(refusal(ex)).hasMessageContaining(message)
				.satisfies((refusal) -> assertThat(refusal.action()).contains(action).doesNotContain("FILE")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl x509 -inform der -in", "openssl pkcs7 -inform der -print_certs -in",
			"openssl pkcs12 -nodes -in" })
	void commandConvertsWhatIsThenServed(String command) {
		this.files.run("x509 -in k.crt -outform der -out x509");
		this.files.run("crl2pkcs7 -nocrl -certfile k.crt -outform der -out pkcs7");
		this.files.run("pkcs12 -export -inkey k.key -in k.crt -passout pass:x -out pkcs12");
		String input = command.split(" ", -1)[1];
		assertThatThrownBy(() -> TestApplication.start(this.files.server(input, "k.key")).close()).satisfies((ex) -> {
			String action = refusal(ex).action();
			assertThat(action).startsWith("Convert it: " + command);
			this.files.run(action.substring("Convert it: openssl ".length()).split(", or", -1)[0]
					+ (input.equals("pkcs12") ? " -passin pass:x" : ""));
		});
		TestApplication.start(this.files.server(input + ".pem", "k.key")).close();
	}

	@Test
	void damagedKeyIsCalledDamaged() {
		byte[] key = this.server.getKeyPair().getPrivate().getEncoded();
		key[key.length / 2] = 0x7F;
		key[30] = 0x7F;
		refuses("damaged", pair(this.cert, file("damaged.key", TestCertificates.block("PRIVATE KEY", key))));
	}

	@Test
	void certificateWithMoreBytesBehindItIsCalledDamaged() {
		try {
			byte[] der = Files.readAllBytes(this.files.path("k.key"));
			byte[] certificate = Base64.getMimeDecoder()
				.decode(this.files.text("k.crt").replaceAll("-----[^-]*-----", ""));
			byte[] both = java.util.Arrays.copyOf(certificate, certificate.length + der.length);
			refuses("says CERTIFICATE of what is cut off or damaged",
					pair(file("more.crt", TestCertificates.block("CERTIFICATE", both)), this.key));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
