/**
 * The scenario of Tendermint's remote signer: it signs for one validator, and never two
 * different messages for one step of the chain.
 */
@NullMarked
package io.github.securegrpc.sample.signer;

import org.jspecify.annotations.NullMarked;
