/**
 * A small certificate authority: leaves for servers and clients, kept as PEM files in a
 * directory. Free of Spring, of gRPC and of Netty.
 */
@NullMarked
package io.github.securegrpc.certs;

import org.jspecify.annotations.NullMarked;
