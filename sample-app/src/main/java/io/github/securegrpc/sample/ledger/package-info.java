/**
 * The default scenario: a double-entry ledger behind gRPC, and a client that posts a
 * journal to it.
 */
@NullMarked
package io.github.securegrpc.sample.ledger;

import org.jspecify.annotations.NullMarked;
