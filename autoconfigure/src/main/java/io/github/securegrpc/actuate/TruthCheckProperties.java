package io.github.securegrpc.actuate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether the server is asked what it serves.
 *
 * @param enabled Whether the server's port is asked, over loopback and at every
 * reload.interval, which certificate it serves and whom it lets in.
 * @since 0.1.0
 */
@ConfigurationProperties("secure-grpc.truth-check")
public record TruthCheckProperties(@DefaultValue("true") boolean enabled) {

}
