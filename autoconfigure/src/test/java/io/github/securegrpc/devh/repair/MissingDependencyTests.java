package io.github.securegrpc.devh.repair;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whole applications on class paths that lack a jar.
 */
class MissingDependencyTests {

	private static final String SERVER_METRICS = "metricCollectingServerInterceptor";

	private static final String CLIENT_METRICS = "metricCollectingClientInterceptor";

	private static final String[] SECURITY = { "grpcAuthenticationReaderGuard", "leafAuthenticationReader" };

	@ParameterizedTest
	@ValueSource(strings = { "spring-boot-micrometer", "grpc-client-spring-boot-starter" })
	void applicationStartsWithout(String jar) throws Exception {
		Map<String, String> properties = new HashMap<>(StartedApplication.PLAINTEXT);
		properties.remove("secure-grpc.client.plaintext");
		assertThat(TrimmedClassPath.without(jar).start(properties)).contains("shadedNettyGrpcServerLifecycle")
			.doesNotContain(CLIENT_METRICS);
	}

	@Test
	void serverMetricsWaitForActuator() throws Exception {
		assertThat(TrimmedClassPath.without("spring-boot-actuator").start()).contains(CLIENT_METRICS)
			.contains("secureGrpcTruthCheck")
			.doesNotContain(SERVER_METRICS, "grpcInfoContributor", "grpcCertificatesEndpoint");
	}

	@Test
	void tracingWaitsForMicrometerCore() throws Exception {
		assertThat(TrimmedClassPath.without("micrometer-core").start()).contains("observationRegistry")
			.doesNotContain("globalObservationGrpcServerInterceptorConfigurer",
					"globalObservationClientInterceptorConfigurer");
	}

	@ParameterizedTest
	@CsvSource({ "grpc-services, secureGrpcHealthStatus", "spring-boot-health, grpcCertificatesHealthContributor",
			"spring-boot-micrometer, secureGrpcCertificateMetrics", "micrometer-core, secureGrpcHandshakeMetrics" })
	void operatorsAreToldWhatTheClassPathAllows(String jar, String bean) throws Exception {
		assertThat(TrimmedClassPath.without("nothing").start()).contains("secureGrpcTruthCheck", bean);
		assertThat(TrimmedClassPath.without(jar).start()).contains("secureGrpcTruthCheck").doesNotContain(bean);
	}

	@Test
	void securityWaitsForSpringSecurity() throws Exception {
		assertThat(TrimmedClassPath.without("spring-security").start()).contains(SERVER_METRICS)
			.doesNotContain(SECURITY);
	}

	@Test
	void securityWaitsForTheServerOfNetDevh() throws Exception {
		assertThat(TrimmedClassPath.without("grpc-server-spring-boot-starter")
			.start(Map.of("secure-grpc.client.plaintext", "loopback"))).contains(CLIENT_METRICS)
			.doesNotContain(SECURITY);
	}

}
