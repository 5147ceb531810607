package io.github.securegrpc.sample.signer;

import io.grpc.Status;

/**
 * A request that is not signed, and with which status its caller is told so.
 */
final class RefusedSignatureException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Status.Code code;

	private RefusedSignatureException(Status.Code code, String message) {
		super(message);
		this.code = code;
	}

	/* Whatever was signed before: the request says too little, or what cannot be. */
	static RefusedSignatureException malformed(String message, Object... arguments) {
		return new RefusedSignatureException(Status.Code.INVALID_ARGUMENT, message.formatted(arguments));
	}

	/* For what was signed before. */
	static RefusedSignatureException conflict(String message, Object... arguments) {
		return new RefusedSignatureException(Status.Code.FAILED_PRECONDITION, message.formatted(arguments));
	}

	/* It may be asked for again: nothing was signed. */
	static RefusedSignatureException unavailable(String message, Object... arguments) {
		return new RefusedSignatureException(Status.Code.UNAVAILABLE, message.formatted(arguments));
	}

	Status status() {
		return this.code.toStatus().withDescription(getMessage());
	}

}
