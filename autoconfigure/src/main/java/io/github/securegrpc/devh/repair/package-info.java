/**
 * What makes net.devh's gRPC starters whole on Spring Boot 4.1 and Spring Security 7, and
 * keeps their one unsafe class out: its metrics, tracing and info come back, an
 * application with Spring Security starts, and a peer is its leaf.
 */
@NullMarked
package io.github.securegrpc.devh.repair;

import org.jspecify.annotations.NullMarked;
