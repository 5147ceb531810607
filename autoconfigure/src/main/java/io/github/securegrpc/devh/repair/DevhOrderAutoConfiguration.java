package io.github.securegrpc.devh.repair;

import org.springframework.boot.autoconfigure.AutoConfiguration;

/**
 * Empty: its order is all it has. net.devh's metrics, tracing and info ask for a
 * {@code MeterRegistry} or an {@code ObservationRegistry} and name Boot 3's classes to be
 * placed after them. Boot 4 moved those, so that net.devh asks too early and everything
 * of its is left out. This one stands between the two.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		afterName = {
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration" },
		beforeName = { "net.devh.boot.grpc.server.autoconfigure.GrpcServerMetricAutoConfiguration",
				"net.devh.boot.grpc.server.autoconfigure.GrpcServerMicrometerTraceAutoConfiguration",
				"net.devh.boot.grpc.client.autoconfigure.GrpcClientMetricAutoConfiguration",
				"net.devh.boot.grpc.client.autoconfigure.GrpcClientMicrometerTraceAutoConfiguration" })
public final class DevhOrderAutoConfiguration {

}
