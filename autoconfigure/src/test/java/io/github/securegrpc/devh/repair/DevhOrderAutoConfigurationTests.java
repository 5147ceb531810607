package io.github.securegrpc.devh.repair;

import java.util.stream.Stream;

import io.grpc.Channel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.micrometer.core.instrument.MeterRegistry;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link DevhOrderAutoConfiguration}. Where the repair is left out, the tests
 * assert that it is missed: they fail as well when net.devh no longer needs it.
 */
class DevhOrderAutoConfigurationTests {

	private static final String[] BEANS = { "metricCollectingServerInterceptor", "streamTracerFactoryConfigurer",
			"grpcInfoContributor", "globalObservationGrpcServerInterceptorConfigurer",
			"metricCollectingClientInterceptor", "metricsClientInterceptor",
			"globalObservationClientInterceptorConfigurer" };

	private static final String[] METERS = { "grpc.server.processing.duration", "grpc.server.call.started",
			"grpc.client.processing.duration", "grpc.client.attempt.started" };

	private final ApplicationContextRunner broken = new ApplicationContextRunner()
		.withPropertyValues("grpc.server.port=-1", "grpc.server.in-process-name=order",
				"grpc.client.self.address=in-process:order", "grpc.client.self.negotiation-type=plaintext")
		.withConfiguration(AutoConfigurations.of(devhAndBoot()));

	private final ApplicationContextRunner repaired = this.broken
		.withConfiguration(AutoConfigurations.of(DevhOrderAutoConfiguration.class));

	@Test
	void metricsTracingAndInfoAreThere() {
		this.repaired.run((context) -> assertThat(context).hasNotFailed().getBeanNames(Object.class).contains(BEANS));
	}

	@Test
	void metricsTracingAndInfoAreMissingWithoutTheOrder() {
		this.broken
			.run((context) -> assertThat(context).hasNotFailed().getBeanNames(Object.class).doesNotContain(BEANS));
	}

	@Test
	void callIsCountedOnBothSides() {
		this.repaired.run((context) -> {
			call(context);
			assertThat(meters(context)).contains(METERS);
		});
	}

	@Test
	void callIsNotCountedWithoutTheOrder() {
		this.broken.run((context) -> {
			call(context);
			assertThat(meters(context)).noneMatch((name) -> name.startsWith("grpc."));
		});
	}

	@Test
	void infoNamesTheServices() {
		this.repaired.run((context) -> assertThat(context.getBean("grpcInfoContributor")).extracting("detail")
			.asString()
			.contains("grpc.health.v1.Health"));
	}

	@Test
	void serverStartsWithoutMicrometer() {
		this.repaired.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().getBeanNames(Object.class).doesNotContain(BEANS));
	}

	@Test
	void orderAloneChangesNothing() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(DevhOrderAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("net.devh", "io.micrometer", "org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static void call(ApplicationContext context) {
		Channel channel = context.getBean(GrpcChannelFactory.class).createChannel("self");
		HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
	}

	private static Iterable<String> meters(ApplicationContext context) {
		return context.getBean(MeterRegistry.class)
			.getMeters()
			.stream()
			.map((meter) -> meter.getId().getName())
			.toList();
	}

	private static Class<?>[] devhAndBoot() {
		String server = "net.devh.boot.grpc.server.autoconfigure.";
		String client = "net.devh.boot.grpc.client.autoconfigure.";
		String micrometer = "org.springframework.boot.micrometer.";
		return Stream
			.of(server + "GrpcServerMetricAutoConfiguration", server + "GrpcServerMicrometerTraceAutoConfiguration",
					server + "GrpcServerAutoConfiguration", server + "GrpcServerFactoryAutoConfiguration",
					server + "GrpcHealthServiceAutoConfiguration", server + "GrpcReflectionServiceAutoConfiguration",
					client + "GrpcClientMetricAutoConfiguration", client + "GrpcClientMicrometerTraceAutoConfiguration",
					client + "GrpcClientAutoConfiguration",
					"net.devh.boot.grpc.common.autoconfigure.GrpcCommonCodecAutoConfiguration",
					micrometer + "metrics.autoconfigure.MetricsAutoConfiguration",
					micrometer + "metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
					micrometer + "metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration",
					micrometer + "observation.autoconfigure.ObservationAutoConfiguration")
			.map((name) -> ClassUtils.resolveClassName(name, null))
			.toArray(Class<?>[]::new);
	}

}
