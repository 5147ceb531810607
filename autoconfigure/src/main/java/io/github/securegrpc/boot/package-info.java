/**
 * The engine of Spring Boot's own gRPC: where our rules meet its servers and channels.
 */
@NullMarked
package io.github.securegrpc.boot;

import org.jspecify.annotations.NullMarked;
