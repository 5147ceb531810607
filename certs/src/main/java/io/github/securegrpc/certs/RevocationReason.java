package io.github.securegrpc.certs;

import org.bouncycastle.asn1.x509.CRLReason;

/**
 * Why a leaf is revoked (RFC 5280, 5.3.1). Revocation is for good: the reasons that can
 * be taken back are left out.
 *
 * @since 0.1.0
 */
public enum RevocationReason {

	/**
	 * No reason is given.
	 */
	UNSPECIFIED(CRLReason.unspecified),

	/**
	 * Somebody else has, or may have, the private key.
	 */
	KEY_COMPROMISE(CRLReason.keyCompromise),

	/**
	 * Its names now belong to somebody else.
	 */
	AFFILIATION_CHANGED(CRLReason.affiliationChanged),

	/**
	 * Another leaf took its place.
	 */
	SUPERSEDED(CRLReason.superseded),

	/**
	 * What it was for is no more.
	 */
	CESSATION_OF_OPERATION(CRLReason.cessationOfOperation),

	/**
	 * Its holder may no longer use it.
	 */
	PRIVILEGE_WITHDRAWN(CRLReason.privilegeWithdrawn);

	private final int code;

	RevocationReason(int code) {
		this.code = code;
	}

	int code() {
		return this.code;
	}

}
