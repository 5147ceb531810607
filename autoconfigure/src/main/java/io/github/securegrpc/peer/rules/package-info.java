/**
 * {@code secure-grpc.authorization}: which names of a peer may call which methods. Knows
 * names and patterns, and neither calls nor connections.
 */
@NullMarked
package io.github.securegrpc.peer.rules;

import org.jspecify.annotations.NullMarked;
