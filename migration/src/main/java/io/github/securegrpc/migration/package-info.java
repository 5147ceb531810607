/**
 * OpenRewrite recipes that move an application from net.devh's gRPC starters to Spring
 * Boot's own gRPC. Of no use at run time.
 */
@NullMarked
package io.github.securegrpc.migration;

import org.jspecify.annotations.NullMarked;
