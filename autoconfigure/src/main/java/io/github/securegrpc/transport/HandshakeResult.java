package io.github.securegrpc.transport;

/**
 * What came of a TLS handshake, by the names of gRFC A118
 * ({@code grpc.tls.handshake.result}). Which of them can be told apart is said in
 * {@code docs/observe/handshakes.md}.
 *
 * @since 0.1.0
 */
public enum HandshakeResult {

	/** It succeeded. */
	SUCCESS,

	/** It failed for a reason that has no other name here. */
	UNKNOWN_FAILURE,

	/** A certificate breaks a rule, or none was presented where one is required. */
	CERTIFICATE_VERIFICATION_FAILED,

	/** A certificate was revoked. */
	CERTIFICATE_REVOKED,

	/** A certificate is past its not after. */
	CERTIFICATE_EXPIRED,

	/** A certificate is before its not before. */
	CERTIFICATE_NOT_YET_VALID,

	/** No trust anchor vouches for a certificate. */
	CERTIFICATE_AUTHORITY_INVALID,

	/** The server's certificate is for other names than the one dialled. */
	CERTIFICATE_HOSTNAME_MISMATCH,

	/** A certificate cannot be read. */
	CERTIFICATE_MALFORMED,

	/** No cipher suite in common. */
	CIPHER_SUITE_MISMATCH,

	/** No protocol version in common. */
	PROTOCOL_VERSION_UNSUPPORTED,

	/** The client fell back to a lower version than both ends speak. */
	INAPPROPRIATE_FALLBACK,

	/** HTTP/2 was not negotiated. */
	NO_APPLICATION_PROTOCOL,

	/** A signature of the handshake is wrong. */
	SIGNATURE_VERIFICATION_FAILED,

	/** A record cannot be decrypted. */
	DECRYPTION_FAILED,

	/** No key could be agreed. */
	KEY_EXCHANGE_FAILURE,

	/** A message came that does not belong there, or one that is not TLS at all. */
	UNEXPECTED_MESSAGE,

	/** It took too long. */
	HANDSHAKE_TIMEOUT,

	/** The peer closed the connection. */
	PEER_CONNECTION_CLOSED

}
