package io.github.securegrpc.application;

import java.util.Base64;
import java.util.HexFormat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.securegrpc.OpensslFiles;
import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which pass phrases open a key at a start, and what it says of those that do not.
 */
@EnabledIf("io.github.securegrpc.OpensslFiles#isThere")
@ExtendWith(OutputCaptureExtension.class)
class PassphraseStartTests extends StartGuards {

	private static final String UMLAUTS = "p\u00E4ssw\u00F6rd";

	private OpensslFiles files = new OpensslFiles(this.directory);

	@BeforeEach
	void makePair() {
		this.files = new OpensslFiles(this.directory);
		this.files.run("ecparam -name prime256v1 -genkey -noout -out k.key");
		this.files.selfSign("k.key", "k.crt");
		file("phrase", UMLAUTS + "\n");
		file("cjk", "\u5BC6\u7801\uD83D\uDD11\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-v2 aes-256-cbc", "-v2 aes-128-cbc -v2prf hmacWithSHA1",
			"-v2 aes-192-cbc -v2prf hmacWithSHA512 -iter 5000", "-v2 aes-256-cbc -v2prf hmacWithSHA384" })
	void phraseBeyondAsciiOpensAsOpensslHasIt(String cipher) {
		this.files.run("pkcs8 -topk8 -in k.key -out e.key -passout file:phrase " + cipher);
		TestApplication.start(with(this.files.server("k.crt", "e.key"), "secure-grpc.server.key-password=" + UMLAUTS))
			.close();
		refuses("cannot be decrypted",
				with(this.files.server("k.crt", "e.key"), "secure-grpc.server.key-password=p\u00C4ssw\u00F6rd"));
	}

	@Test
	void phraseOfOtherScriptsOpens() {
		this.files.run("pkcs8 -topk8 -in k.key -out e.key -v2 aes-256-cbc -passout file:cjk");
		TestApplication
			.start(with(this.files.server("k.crt", "e.key"),
					"secure-grpc.server.key-password=\u5BC6\u7801\uD83D\uDD11"))
			.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-scrypt", "-v2 des3", "-v1 PBE-SHA1-3DES" })
	void otherCipherWithPhraseBeyondAsciiIsRefusedWithTheReason(String cipher) {
		this.files.run("pkcs8 -topk8 -in k.key -out e.key -passout file:phrase " + cipher);
		refuses("with a password beyond ASCII, which is taken as UTF-8 and opens PBES2 with PBKDF2 and AES-CBC only",
				with(this.files.server("k.crt", "e.key"), "secure-grpc.server.key-password=" + UMLAUTS));
	}

	@Test
	void malformedNullOfCertstrapIsReadAndSaid(CapturedOutput output) {
		this.files.run("pkcs8 -topk8 -in k.key -out e.key -v2 aes-256-cbc -passout pass:ascii");
		String hex = HexFormat.of()
			.formatHex(Base64.getMimeDecoder().decode(this.files.text("e.key").replaceAll("-----[^-]*-----", "")));
		String broken = hex.replace("2a864886f70d02090500", "2a864886f70d02090000");
		assertThat(broken).isNotEqualTo(hex);
		String[] settings = pair(this.files.path("k.crt").toString(),
				file("broken.key", TestCertificates.block("ENCRYPTED PRIVATE KEY", HexFormat.of().parseHex(broken))));
		TestApplication.start(with(settings, "secure-grpc.server.key-password=ascii")).close();
		assertThat(output)
			.contains("broken.key (secure-grpc.server.key) says 00 00 for NULL in the parameters of its PBKDF2");
		refuses("cannot be decrypted", with(settings, "secure-grpc.server.key-password=wrong"));
	}

}
