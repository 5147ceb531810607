package io.github.securegrpc.sample.signer;

import com.google.protobuf.ByteString;

/**
 * What was signed last.
 *
 * @param last the step
 * @param signBytes what was signed
 * @param signature over it
 */
record SignState(SignStep last, ByteString signBytes, ByteString signature) {

	static final SignState NONE = new SignState(SignStep.NONE, ByteString.EMPTY, ByteString.EMPTY);

}
