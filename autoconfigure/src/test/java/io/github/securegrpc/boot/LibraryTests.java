package io.github.securegrpc.boot;

import java.nio.file.Path;

import io.grpc.StatusRuntimeException;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.client.GrpcChannelFactory;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.PeerRoles;
import io.github.securegrpc.application.StartGuards;
import io.github.securegrpc.application.TestEngine;
import io.github.securegrpc.application.WhoCalls;
import io.github.securegrpc.engine.PeerAuthorities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What auto-configurations of other libraries bring, which come after ours by their
 * names.
 */
class LibraryTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@TempDir
	Path directory = Path.of("");

	@Test
	void serviceOfALibraryIsServedOverMutualTls() {
		Application application = application().bare()
			.set("spring.grpc.server.health.enabled", false)
			.set("library.service", true)
			.channel("it")
			.channel("without")
			.set("secure-grpc.client.channels.without.cert", "none");
		try (ConfigurableApplicationContext context = application.start()) {
			GrpcChannelFactory channels = context.getBean(GrpcChannelFactory.class);
			assertThat(WhoCalls.ask(channels.createChannel("it"), "Dns")).isEqualTo("dns:client");
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> WhoCalls.ask(channels.createChannel("without"), "Dns"));
		}
	}

	@Test
	void authoritiesOfALibraryAreAskedFor() {
		try (ConfigurableApplicationContext context = application().set("library.authorities", true).start()) {
			assertThat(context.getBeansOfType(PeerAuthorities.class)).hasSize(1);
			assertThat(context.containsBean("secureGrpcPeerAuthenticationExtractor")).isTrue();
		}
	}

	@Test
	void authoritiesThatComeTooLateDoNotStart() {
		assertThatThrownBy(() -> application().with(Late.class).start().close())
			.satisfies((ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining("[late]")
				.hasMessageContaining("nobody asks it"));
	}

	/* As tests of Spring Boot's write it: the port is known once the server listens. */
	@Test
	void targetThatIsKnownLaterIsDecidedThen() {
		Application application = new Application(this.directory).on(TestEngine.BOOT)
			.with(WhoCalls.class)
			.set("secure-grpc.client.plaintext", "loopback")
			.set("secure-grpc.server.plaintext", "loopback")
			.set("spring.grpc.client.channel.it.target", "static://127.0.0.1:${known.later}");
		try (ConfigurableApplicationContext context = application.start()) {
			System.setProperty("known.later", String.valueOf(application.port()));
			GrpcChannelFactory channels = context.getBean(GrpcChannelFactory.class);
			assertThat(WhoCalls.ask(channels.createChannel("it"), "Anyone")).isEqualTo("nobody");
		}
		finally {
			System.clearProperty("known.later");
		}
	}

	private Application application() {
		return new Application(this.directory).on(TestEngine.BOOT)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.identity("secure-grpc.client", TestCertificates.client(CA))
			.ca("secure-grpc.client", CA);
	}

	/** Registers them when all conditions are decided. */
	static class Late implements BeanFactoryPostProcessor {

		@Override
		public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
			beans.registerSingleton("late", new PeerRoles().peerAuthorities());
		}

	}

}
