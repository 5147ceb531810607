package io.github.securegrpc.engine;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which engine makes the servers and channels of an application.
 *
 * @param engine the engine, where both are on the class path. Unset: the one that is
 * there, or the one that something is configured for.
 * @since 0.1.0
 */
@ConfigurationProperties("secure-grpc")
public record EngineProperties(@Nullable Engine engine) {

}
