package io.github.securegrpc.certs;

import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * What a leaf may be used for in TLS: an extended key usage (RFC 5280, 4.2.1.12).
 *
 * @since 0.1.0
 */
public enum Purpose {

	/**
	 * To authenticate a server (serverAuth).
	 */
	SERVER,

	/**
	 * To authenticate a client (clientAuth).
	 */
	CLIENT;

	KeyPurposeId id() {
		return (this == SERVER) ? KeyPurposeId.id_kp_serverAuth : KeyPurposeId.id_kp_clientAuth;
	}

}
