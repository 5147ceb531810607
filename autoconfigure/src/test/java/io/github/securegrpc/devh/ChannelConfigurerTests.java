package io.github.securegrpc.devh;

import java.nio.file.Path;

import io.grpc.ForwardingChannelBuilder2;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.X509Bundle;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelConfigurer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.TestApplication;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What our configurer does to whatever builder net.devh hands it.
 */
class ChannelConfigurerTests {

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		X509Bundle authority = TestCertificates.authority("ca");
		this.application = new Application(directory).identity("secure-grpc.server", TestCertificates.server(authority))
			.ca("secure-grpc.client", authority)
			.channel("it");
	}

	@Test
	void buildersOfEitherFlavourAreSecuredWhereBothArePresentAndOthersRefused() {
		try (ConfigurableApplicationContext context = this.application.start()) {
			GrpcChannelConfigurer ours = context.getBean("secureGrpcChannelConfigurer", GrpcChannelConfigurer.class);
			ManagedChannelBuilder<?> other = new OtherBuilder(ManagedChannelBuilder.forTarget("localhost:1"));
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> ours.accept(other, "it"))
				.withMessageContaining("cannot be secured");
			isSecured(ours, io.grpc.netty.NettyChannelBuilder.forAddress("localhost", this.application.port()));
			isSecured(ours, io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder.forAddress("localhost",
					this.application.port()));
		}
	}

	private static void isSecured(GrpcChannelConfigurer ours, ManagedChannelBuilder<?> builder) {
		ours.accept(builder.usePlaintext(), "it");
		ManagedChannel channel = builder.build();
		assertThat(TestApplication.check(channel)).isEqualTo(ServingStatus.SERVING);
		channel.shutdownNow();
	}

	private static final class OtherBuilder extends ForwardingChannelBuilder2<OtherBuilder> {

		private final ManagedChannelBuilder<?> delegate;

		private OtherBuilder(ManagedChannelBuilder<?> delegate) {
			this.delegate = delegate;
		}

		@Override
		protected ManagedChannelBuilder<?> delegate() {
			return this.delegate;
		}

	}

}
