package io.github.securegrpc.peer.rules;

import org.jspecify.annotations.Nullable;

/**
 * What {@code secure-grpc.authorization} says now.
 *
 * @param mode what becomes of a call that the rules do not allow, or {@code null} without
 * any rules
 * @param rules how many rules there are
 * @since 0.1.0
 */
public record Authorization(@Nullable AuthorizationMode mode, int rules) {

}
