package io.github.securegrpc.sample.signer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.HexFormat;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tendermint's {@code priv_validator_state.json}: what was signed last, on the disk
 * before anybody is told of it. One process has it at a time. Beside it stands the
 * highest step that this signer has signed, by which a copy of before is known.
 */
final class StateFile implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Path path;

	private final Path mark;

	private final FileChannel lock;

	private StateFile(Path path, FileChannel lock) {
		this.path = path;
		this.mark = path.resolveSibling(path.getFileName() + ".highest");
		this.lock = lock;
	}

	/* For this process alone, until it is closed. */
	static StateFile open(Path path) {
		try {
			FileChannel channel = FileChannel.open(path.resolveSibling(path.getFileName() + ".lock"),
					StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			FileLock lock = channel.tryLock();
			if (lock == null) {
				channel.close();
				throw new SignerException(
						"%s: another process has it (expected: one signer for a key, else both sign)".formatted(path),
						"Stop the other signer, or set sample.signer.state-file and key-file to those of another validator.");
			}
			return new StateFile(path, channel);
		}
		catch (IOException ex) {
			throw new SignerException(
					"%s: cannot be locked (expected: a file in a directory of this user's)".formatted(path),
					"Set sample.signer.state-file to a file beside which this user may write.", ex);
		}
	}

	boolean exists() {
		return Files.exists(this.path);
	}

	SignState read() {
		SignState state = parse(this.path);
		SignStep highest = Files.exists(this.mark) ? highest() : SignStep.NONE;
		if (state.last().compareTo(highest) < 0) {
			throw new SignerException(
					"%s: it is at %s, but this signer has signed %s (expected: what was signed last)"
						.formatted(this.path, state.last(), highest),
					"Do not bring back a copy of before: with it, the key signs twice. Bring back the newest one; only if you know that the chain has not passed it, remove %s."
						.formatted(this.mark));
		}
		return state;
	}

	private SignStep highest() {
		try {
			return JSON.readValue(Files.readString(this.mark), Document.class).state().last();
		}
		catch (IOException | JacksonException | IllegalArgumentException | NullPointerException ex) {
			throw new SignerException(
					"%s: cannot be read (expected: the highest step that this signer has signed)".formatted(this.mark),
					"Make it readable. Only if you know that %s is what was signed last, remove it."
						.formatted(this.path),
					ex);
		}
	}

	private static SignState parse(Path path) {
		try {
			return JSON.readValue(Files.readString(path), Document.class).state();
		}
		catch (IOException ex) {
			throw refusal(path, Files.exists(path) ? "cannot be read" : "does not exist", ex);
		}
		catch (JacksonException | IllegalArgumentException | NullPointerException ex) {
			throw refusal(path, "is not what Tendermint writes", ex);
		}
	}

	private static SignerException refusal(Path path, String what, Exception cause) {
		return new SignerException(
				"%s: %s (expected: the priv_validator_state.json of the key, without which it may sign twice)"
					.formatted(path, what),
				"Bring back the file. Only for a key that has never signed, write: {\"height\": \"0\", \"round\": 0, \"step\": 0}",
				cause);
	}

	/* Returns once it is on the disk. */
	void write(SignState state) throws IOException {
		String document = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(Document.of(state));
		DurableFile.write(this.path, document);
		// whole or not at all, too: half of it would stop the next start
		DurableFile.write(this.mark, document);
	}

	@Override
	public void close() throws IOException {
		this.lock.close();
	}

	/**
	 * The file.
	 *
	 * @param height in digits
	 * @param round at that height
	 * @param step of that round
	 * @param signature in base64
	 * @param signbytes in digits of base 16
	 */
	private record Document(String height, int round, int step, @Nullable String signature,
			@Nullable String signbytes) {

		static Document of(SignState state) {
			return new Document(String.valueOf(state.last().height()), state.last().round(), state.last().step(),
					Base64.getEncoder().encodeToString(state.signature().toByteArray()),
					HexFormat.of().withUpperCase().formatHex(state.signBytes().toByteArray()));
		}

		SignState state() {
			SignStep last = new SignStep(Long.parseLong(this.height), this.round, this.step);
			ByteString signed = (this.signbytes != null) ? ByteString.copyFrom(HexFormat.of().parseHex(this.signbytes))
					: ByteString.EMPTY;
			ByteString by = (this.signature != null) ? ByteString.copyFrom(Base64.getDecoder().decode(this.signature))
					: ByteString.EMPTY;
			if (last.compareTo(SignStep.NONE) < 0 || (signed.isEmpty() != by.isEmpty())) {
				throw new IllegalArgumentException("half a signature, or a step below none");
			}
			return new SignState(last, signed, by);
		}

	}

}
