/**
 * How a generation of TLS material becomes the transport of a server or a channel. The
 * subpackages, one per Netty flavour, are the only place that knows Netty.
 */
@NullMarked
package io.github.securegrpc.transport;

import org.jspecify.annotations.NullMarked;
