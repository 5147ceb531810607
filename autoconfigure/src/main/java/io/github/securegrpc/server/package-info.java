/**
 * The listener: {@code secure-grpc.server.*}, its rules and its guards, whichever engine
 * opens the port.
 */
@NullMarked
package io.github.securegrpc.server;

import org.jspecify.annotations.NullMarked;
