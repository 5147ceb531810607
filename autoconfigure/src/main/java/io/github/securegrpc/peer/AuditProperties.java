package io.github.securegrpc.peer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is written of calls.
 *
 * @param audit What the log io.github.securegrpc.audit has.
 * @since 0.1.0
 */
@ConfigurationProperties("secure-grpc")
public record AuditProperties(@DefaultValue("denials") Audit audit) {

}
