/**
 * The channels: {@code secure-grpc.client.*}, their rules and their guards, whichever
 * engine makes them.
 */
@NullMarked
package io.github.securegrpc.client;

import org.jspecify.annotations.NullMarked;
