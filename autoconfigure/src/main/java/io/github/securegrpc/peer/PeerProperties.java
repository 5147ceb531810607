package io.github.securegrpc.peer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What else is done with the peer of a call.
 *
 * @param mdc Whether the name of a call's peer is in the logging context (MDC), as peer,
 * while code of the call runs; also user.name and client.address.
 * @since 0.1.0
 */
@ConfigurationProperties("secure-grpc.peer")
public record PeerProperties(@DefaultValue("false") boolean mdc) {

}
