package io.github.securegrpc.boot;

import java.nio.file.Path;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.server.GrpcServerFactory;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.StartGuards;
import io.github.securegrpc.application.TestApplication;
import io.github.securegrpc.application.TestEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Which engine runs in an application that has both on its class path, as this one.
 */
class EngineInForceTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@TempDir
	Path directory = Path.of("");

	@Test
	void withoutANameItIsRefusedInOurWords() {
		assertThatThrownBy(() -> new SpringApplicationBuilder(TestApplication.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off")
			.run()
			.close())
			.satisfies((ex) -> assertThat(StartGuards.refusal(ex))
				.hasMessageContaining("two engines of gRPC are on the class path")
				.satisfies((refusal) -> assertThat(refusal.action()).contains("secure-grpc.engine to devh or boot")));
	}

	@ParameterizedTest
	@EnumSource(TestEngine.class)
	void namedOneRunsAndTheOtherIsNotThere(TestEngine engine) {
		Application application = new Application(this.directory).on(engine)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.client", CA)
			.channel("self");
		if (engine == TestEngine.DEVH) {
			// as the other one's applications always do
			application.set("secure-grpc.engine", "devh").set("spring.grpc.server.port", 1);
		}
		try (ConfigurableApplicationContext context = application.start()) {
			assertThat(TestApplication.call(context, "self")).isEqualTo(ServingStatus.SERVING);
			assertThat(context.getBeansOfType(GrpcServerFactory.class)).hasSize((engine == TestEngine.BOOT) ? 1 : 0);
			assertThat(context.getBeansOfType(net.devh.boot.grpc.server.serverfactory.GrpcServerFactory.class))
				.hasSize((engine == TestEngine.BOOT) ? 0 : 1);
		}
	}

}
