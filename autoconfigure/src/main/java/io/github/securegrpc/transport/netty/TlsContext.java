package io.github.securegrpc.transport.netty;

import javax.net.ssl.X509ExtendedTrustManager;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * The context of one generation, and who judges peers in its handshakes.
 *
 * @param netty the context
 * @param judge judges peers, or {@code null} where none is asked for a certificate
 */
record TlsContext(SslContext netty, @Nullable X509ExtendedTrustManager judge) {

}
