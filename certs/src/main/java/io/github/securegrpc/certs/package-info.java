/**
 * A small certificate authority: leaves for servers and clients, kept as PEM files in a
 * directory. How keys and certificates are encoded, and files written, is in rooms of its
 * own. Free of Spring, of gRPC and of Netty.
 */
@NullMarked
package io.github.securegrpc.certs;

import org.jspecify.annotations.NullMarked;
