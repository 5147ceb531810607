package io.github.securegrpc.sample.peer;

/**
 * Whether the address that a peer says is its own is believed.
 */
enum ClaimedAddress {

	/** Where its certificate names the host, or a claim of the settings does. */
	VERIFIED,

	/** Always, as in P2PFL: any peer may then speak, and be dropped, for any other. */
	ANY

}
