package io.github.securegrpc.sample.signer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The files of Tendermint's that the signer reads and writes.
 */
class SignerFilesTests {

	private static final String STATE = """
			{ "height": "12", "round": 1, "step": 3, "signature": "c2lnbmF0dXJl", "signbytes": "0D2A0B" }
			""";

	@TempDir
	Path directory = Path.of("");

	@Test
	void keyThatIsMadeIsReadAgainAndForItsOwnerAlone() throws IOException {
		KeyFile file = new KeyFile(this.directory.resolve("key.json"));
		file.generate();
		SigningKey key = file.read();
		assertThat(key.publicKey().size()).isEqualTo(32);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.directory.resolve("key.json"))))
			.isEqualTo("rw-------");
		assertThat(key.toString()).contains("privateKey=****");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "[]", "not JSON", "{\"address\": null}" })
	void keyFileOfAnythingElseIsRefusedWithoutItsContent(String content) {
		Path path = write("key.json", content);
		assertThatExceptionOfType(SignerException.class).isThrownBy(() -> new KeyFile(path).read())
			.withMessageContaining("key.json: is not what Tendermint writes")
			.satisfies((ex) -> assertThat(ex.action()).contains("sample.signer.key-file"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "rw-r--r--", "rw--w----", "rw-----w-" })
	void keyThatOthersMayReadOrWriteIsRefused(String rights) throws IOException {
		KeyFile file = new KeyFile(this.directory.resolve("key.json"));
		file.generate();
		Files.setPosixFilePermissions(this.directory.resolve("key.json"), PosixFilePermissions.fromString(rights));
		assertThatExceptionOfType(SignerException.class).isThrownBy(file::read)
			.withMessageContaining("key.json (sample.signer.key-file) is open to others, its mode is " + rights)
			.satisfies((ex) -> assertThat(ex.action()).contains("chmod 600"));
	}

	@Test
	void keyOfAnotherPublicKeyIsRefusedWithoutBeingShown() throws IOException {
		KeyFile one = new KeyFile(this.directory.resolve("one.json"));
		KeyFile other = new KeyFile(this.directory.resolve("other.json"));
		one.generate();
		other.generate();
		String secret = value(Files.readString(this.directory.resolve("one.json")), "priv_key");
		Path mixed = write("mixed.json", Files.readString(this.directory.resolve("other.json"))
			.replace(value(Files.readString(this.directory.resolve("other.json")), "priv_key"), secret));
		assertThatExceptionOfType(SignerException.class).isThrownBy(() -> new KeyFile(mixed).read())
			.withMessageContaining("pub_key and address are not those of priv_key")
			.satisfies((ex) -> assertThat(String.valueOf(ex.getMessage()) + ex.getCause()).doesNotContain(secret));
	}

	@Test
	void stateIsReadAndWrittenAsTendermintDoes() throws IOException {
		Path path = write("state.json", STATE);
		try (StateFile file = StateFile.open(path)) {
			SignState state = file.read();
			assertThat(state.last()).isEqualTo(new SignStep(12, 1, 3));
			assertThat(state.signature()).isEqualTo(ByteString.copyFromUtf8("signature"));
			file.write(new SignState(new SignStep(13, 0, 1), state.signBytes(), state.signature()));
			assertThat(Files.readString(path)).contains("\"height\" : \"13\"").contains("\"signbytes\" : \"0D2A0B\"");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "not JSON", "{\"height\": \"x\", \"round\": 0, \"step\": 0}",
			"{\"height\": \"1\", \"round\": 0, \"step\": 2, \"signature\": \"c2ln\"}",
			"{\"height\": \"-1\", \"round\": 0, \"step\": 0}" })
	void stateOfAnythingElseStopsTheStart(String content) throws IOException {
		try (StateFile file = StateFile.open(write("state.json", content))) {
			assertThatExceptionOfType(SignerException.class).isThrownBy(file::read)
				.withMessageContaining("state.json: is not what Tendermint writes");
		}
	}

	@Test
	void stateThatIsGoneStopsTheStart() throws IOException {
		try (StateFile file = StateFile.open(this.directory.resolve("state.json"))) {
			assertThatExceptionOfType(SignerException.class).isThrownBy(file::read)
				.withMessageContaining("state.json: does not exist");
		}
	}

	@Test
	void stateOfBeforeStopsTheStart() throws IOException {
		Path path = write("state.json", STATE);
		try (StateFile file = StateFile.open(path)) {
			SignState before = file.read();
			file.write(new SignState(new SignStep(13, 0, 1), before.signBytes(), before.signature()));
		}
		write("state.json", STATE);
		try (StateFile file = StateFile.open(path)) {
			assertThatExceptionOfType(SignerException.class).isThrownBy(file::read)
				.withMessageContaining("it is at height 12, round 1, step 3")
				.withMessageContaining("has signed height 13, round 0, step 1");
		}
	}

	/* Whoever is told to write a state of none would sign twice. */
	@Test
	void highestStepThatCannotBeReadStopsTheStartAndIsNotToBeMadeAnew() throws IOException {
		Path path = write("state.json", STATE);
		write("state.json.highest", "");
		try (StateFile file = StateFile.open(path)) {
			assertThatExceptionOfType(SignerException.class).isThrownBy(file::read)
				.withMessageContaining("state.json.highest: cannot be read")
				.satisfies((ex) -> assertThat(ex.action()).doesNotContain("\"height\"").contains("remove it"));
		}
	}

	@Test
	void highestStepIsReplacedAsAWhole() throws IOException {
		Path path = write("state.json", STATE);
		try (StateFile file = StateFile.open(path)) {
			file.write(file.read());
			Path mark = this.directory.resolve("state.json.highest");
			Object before = Files.readAttributes(mark, BasicFileAttributes.class).fileKey();
			file.write(file.read());
			assertThat(Files.readAttributes(mark, BasicFileAttributes.class).fileKey()).as("another file")
				.isNotEqualTo(before);
		}
	}

	private static String value(String json, String field) {
		return json.substring(json.indexOf(field)).replaceAll("(?s)^.*?\"value\" : \"([^\"]*)\".*", "$1");
	}

	private Path write(String name, String content) {
		try {
			Path path = Files.writeString(this.directory.resolve(name), content);
			return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
