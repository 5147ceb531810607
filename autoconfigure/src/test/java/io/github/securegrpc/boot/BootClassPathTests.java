package io.github.securegrpc.boot;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.grpc.server.GrpcServerFactory;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.WhoCalls;
import io.github.securegrpc.devh.repair.TrimmedClassPath;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application on a class path that has nothing of net.devh's and one flavour of Netty.
 */
class BootClassPathTests {

	@ParameterizedTest
	@CsvSource({ "grpc-netty-1, SecureShadedServerFactory", "grpc-netty-shaded, SecureNettyServerFactory" })
	void serverAndChannelAreMutual(String leftOut, String factory, @TempDir Path directory) throws Exception {
		X509Bundle authority = TestCertificates.authority("ca");
		Map<String, Object> properties = new HashMap<>();
		int port = TestSocketUtils.findAvailableTcpPort();
		properties.put("spring.grpc.server.port", String.valueOf(port));
		properties.put("spring.grpc.server.address", "127.0.0.1");
		properties.put("spring.grpc.client.channel.it.target", "static://localhost:" + port);
		identity(properties, directory, "server", TestCertificates.server(authority));
		identity(properties, directory, "client", TestCertificates.client(authority));
		properties.put("secure-grpc.ca",
				TestCertificates.write(directory.resolve("ca.crt"), TestCertificates.pem(authority.getCertificate()))
					.toString());
		assertThat(call(TrimmedClassPath.ofBootWithout(leftOut), properties)).isEqualTo("dns:client by " + factory);
	}

	@Test
	void nothingOfNetDevhIsThere() {
		assertThat(TrimmedClassPath.ofBootWithout().getResource("net/devh/boot/grpc/server/service/GrpcService.class"))
			.isNull();
	}

	private static void identity(Map<String, Object> properties, Path directory, String side, X509Bundle identity) {
		properties.put("secure-grpc.%s.cert".formatted(side),
				TestCertificates
					.write(directory.resolve(side + ".crt"), TestCertificates.pem(identity.getCertificatePath()))
					.toString());
		properties.put("secure-grpc.%s.key".formatted(side),
				TestCertificates
					.write(directory.resolve(side + ".key"), TestCertificates.pem(identity.getKeyPair().getPrivate()))
					.toString());
	}

	private static String call(ClassLoader loader, Map<String, Object> properties) throws ReflectiveOperationException {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(loader);
		try {
			return (String) Class.forName(Started.class.getName(), true, loader)
				.getDeclaredMethod("call", Map.class)
				.invoke(null, properties);
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	/** The application, loaded anew. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Started {

		/* Returns who called, and which factory made the server. */
		public static String call(Map<String, Object> properties) {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Started.class, WhoCalls.class)
				.web(WebApplicationType.NONE)
				.properties(properties)
				.properties("spring.main.banner-mode=off", "logging.level.root=warn")
				.run()) {
				return WhoCalls.ask(context.getBean(GrpcChannelFactory.class).createChannel("it"), "Dns") + " by "
						+ context.getBean(GrpcServerFactory.class).getClass().getSimpleName();
			}
		}

	}

}
