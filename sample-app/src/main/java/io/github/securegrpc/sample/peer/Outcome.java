package io.github.securegrpc.sample.peer;

import io.grpc.Status;

import io.github.securegrpc.sample.peer.proto.ResponseMessage;

/**
 * What became of a call to a peer.
 *
 * @param kind what it came to
 * @param detail why, as the peer or gRPC says
 */
record Outcome(Kind kind, String detail) {

	static Outcome of(ResponseMessage answer) {
		return answer.getError().isEmpty() ? new Outcome(Kind.TAKEN, "")
				: new Outcome(Kind.REFUSED, "it answers: " + Quoted.of(answer.getError()));
	}

	static Outcome of(Throwable failure) {
		Status status = Status.fromThrowable(failure);
		String why = String.valueOf(status.getDescription());
		Throwable cause = status.getCause();
		Kind kind = (status.getCode() == Status.Code.DEADLINE_EXCEEDED) ? Kind.LATE : Kind.FAILED;
		return new Outcome(kind, "%s, %s%s".formatted(status.getCode(), Quoted.of(why),
				(cause != null) ? " by " + Quoted.of(String.valueOf(cause.getMessage())) : ""));
	}

	/**
	 * What a call can come to.
	 */
	enum Kind {

		/** Answered. */
		TAKEN,

		/** Answered with an error, after which peers disconnect. */
		REFUSED,

		/** Not answered in time: the peer may have much to do. */
		LATE,

		/** Not answered. */
		FAILED,

		/** Not called: the peer has too many calls to answer. */
		LEFT_OUT

	}

}
