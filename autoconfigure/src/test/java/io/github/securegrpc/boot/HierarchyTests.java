package io.github.securegrpc.boot;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.grpc.client.GrpcChannelFactory;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.StartGuards;
import io.github.securegrpc.application.TestApplication;
import io.github.securegrpc.application.TestEngine;
import io.github.securegrpc.application.WhoCalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Applications of several contexts, whose beans a child shares with its parent.
 */
class HierarchyTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@TempDir
	Path directory = Path.of("");

	@Test
	void settingsOfAChildThatDifferFromThoseInForceAreRefused() {
		Path other = TestCertificates.write(this.directory.resolve("other.crt"),
				TestCertificates.pem(TestCertificates.authority("other").getCertificate()));
		try (ConfigurableApplicationContext parent = application().start()) {
			assertThatThrownBy(() -> child(parent, "secure-grpc.client.ca=" + other).close()).satisfies(
					(ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining("secure-grpc.client.ca is set")
						.hasMessageContaining("the parent context has secure-grpc, too"));
		}
	}

	@Test
	void childSharesWhatIsInForceInItsParent() {
		Application application = application().with(WhoCalls.class).channel("it");
		try (ConfigurableApplicationContext parent = application.start();
				ConfigurableApplicationContext child = child(parent)) {
			assertThat(WhoCalls.ask(child.getBean(GrpcChannelFactory.class).createChannel("it"), "Dns"))
				.isEqualTo("dns:client");
		}
	}

	/* Which its parent, whose channels alone are secured, hears of, too. */
	@Test
	void serverOfAChildIsServedByTheChildsSettings() {
		X509Bundle both = TestCertificates.issue((leaf) -> leaf.subject("CN=both").addSanDnsName("localhost"), CA);
		Application application = new Application(this.directory).on(TestEngine.BOOT)
			.bare()
			.set("spring.grpc.server.health.enabled", false)
			.identity("secure-grpc", both)
			.ca("secure-grpc", CA)
			.channel("it");
		try (ConfigurableApplicationContext parent = application.start();
				ConfigurableApplicationContext child = new SpringApplicationBuilder(TestApplication.class,
						WhoCalls.class)
					.web(WebApplicationType.NONE)
					.parent(parent)
					.run()) {
			assertThat(WhoCalls.ask(child.getBean(GrpcChannelFactory.class).createChannel("it"), "Dns"))
				.isEqualTo("dns:localhost");
		}
	}

	@Test
	void factoryOfAPlainParentIsRefused() {
		try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext(
				UnseenFactoryTests.Plain.class)) {
			assertThatThrownBy(() -> child(parent).close()).satisfies((ex) -> assertThat(StartGuards.refusal(ex))
				.hasMessageContaining("nobody would look at the channels that it makes"));
		}
	}

	@Test
	void factoryOfAPlainChildIsRefused() {
		try (ConfigurableApplicationContext parent = application().start()) {
			assertThatThrownBy(() -> plain(parent, (child) -> child.register(UnseenFactoryTests.Plain.class)))
				.satisfies((ex) -> assertThat(StartGuards.refusal(ex))
					.hasMessageContaining("the channels of Spring Boot's own gRPC would not be secured"));
			plain(parent, (child) -> child.register(String.class));
		}
	}

	private static void plain(ConfigurableApplicationContext parent,
			Consumer<AnnotationConfigApplicationContext> beans) {
		try (AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
			child.setParent(parent);
			beans.accept(child);
			child.refresh();
		}
	}

	private static ConfigurableApplicationContext child(ConfigurableApplicationContext parent, String... properties) {
		return new SpringApplicationBuilder(TestApplication.class).web(WebApplicationType.NONE)
			.parent(parent)
			.properties(TestEngine.BOOT.properties("spring.main.banner-mode=off", "logging.level.root=warn",
					"spring.grpc.server.enabled=false"))
			.run(Arrays.stream(properties).map((property) -> "--" + property).toArray(String[]::new));
	}

	private Application application() {
		return new Application(this.directory).on(TestEngine.BOOT)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.identity("secure-grpc.client", TestCertificates.client(CA))
			.ca("secure-grpc.client", CA);
	}

}
