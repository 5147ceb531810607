package io.github.securegrpc.sample.signer;

import java.io.IOException;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;

/**
 * Signs for one key, one request after the other, and never two different messages of one
 * step. A signature leaves this only when the disk knows of it.
 */
final class Signer implements AutoCloseable {

	private final SigningKey key;

	private final StateFile file;

	private SignState state;

	Signer(SigningKey key, StateFile file) {
		this.key = key;
		this.file = file;
		this.state = file.read();
	}

	ByteString publicKey() {
		return this.key.publicKey();
	}

	/*
	 * Returns a signature of the step, and the time for which it is: that of the first
	 * request, where a later one differs in nothing else.
	 */
	synchronized Signed sign(SignStep step, ByteString signBytes) {
		int order = step.compareTo(this.state.last());
		if (order < 0) {
			throw RefusedSignatureException.conflict("%s is before what was signed last, %s", step, this.state.last());
		}
		if (order == 0) {
			return again(step, signBytes);
		}
		SignState next = new SignState(step, signBytes, this.key.sign(signBytes.toByteArray()));
		try {
			this.file.write(next);
		}
		catch (IOException ex) {
			throw RefusedSignatureException.unavailable("%s is not signed, as its state cannot be written: %s", step,
					ex);
		}
		this.state = next;
		return signed();
	}

	private Signed again(SignStep step, ByteString signBytes) {
		if (this.state.signBytes().isEmpty()) {
			throw RefusedSignatureException.conflict("%s was signed, but not what", step);
		}
		if (SignBytes.areSameButForTheTime(this.state, signBytes)) {
			return signed();
		}
		throw RefusedSignatureException.conflict("conflicting data: something else was signed at %s", step);
	}

	private Signed signed() {
		return new Signed(this.state.signature(), SignBytes.time(this.state));
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

	/**
	 * A signature.
	 *
	 * @param signature over the canonical form
	 * @param time that is signed
	 */
	record Signed(ByteString signature, Timestamp time) {
	}

}
