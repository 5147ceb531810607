/**
 * Who is calling, whether it may call this, and whether that still holds: the identity of
 * the peer, {@code secure-grpc.authorization}, and the interceptor that asks at each
 * call.
 */
@NullMarked
package io.github.securegrpc.peer;

import org.jspecify.annotations.NullMarked;
