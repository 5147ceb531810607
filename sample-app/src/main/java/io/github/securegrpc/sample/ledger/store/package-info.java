/**
 * Where the ledger's books are kept: tables of H2 or PostgreSQL, which are the truth, and
 * the transactions in which they are read and changed.
 */
@NullMarked
package io.github.securegrpc.sample.ledger.store;

import org.jspecify.annotations.NullMarked;
