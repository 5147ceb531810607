/**
 * Who is calling, whether it may call this, and whether that still holds: the identity of
 * the peer, and the interceptor that asks at each call. What
 * {@code secure-grpc.authorization} says is in a room of its own.
 */
@NullMarked
package io.github.securegrpc.peer;

import org.jspecify.annotations.NullMarked;
