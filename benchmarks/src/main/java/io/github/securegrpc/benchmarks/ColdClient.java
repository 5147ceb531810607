package io.github.securegrpc.benchmarks;

import java.nio.file.Path;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * How long the first call of a client takes that has just started: channel, connection,
 * mutual handshake and call. Run it in a fresh JVM for each figure, against the sample:
 * {@code ColdClient PROVIDER TARGET DIRECTORY}, where the directory is the dev CA's.
 */
public final class ColdClient {

	private ColdClient() {
	}

	/**
	 * Measures and prints.
	 * @param args provider, target and the dev CA's directory
	 */
	public static void main(String[] args) {
		Path files = Path.of(args[2]);
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("grpc.server.port=-1", "grpc.client.it.address=" + args[1], "spring.main.banner-mode=off",
					"logging.level.root=error", "secure-grpc.provider=" + args[0],
					"secure-grpc.client.cert=" + files.resolve("client.pem"),
					"secure-grpc.client.key=" + files.resolve("client.key"),
					"secure-grpc.client.ca=" + files.resolve("ca.pem"))
			.run()) {
			GrpcChannelFactory channels = context.getBean(GrpcChannelFactory.class);
			long start = System.nanoTime();
			HealthGrpc.newBlockingStub(channels.createChannel("it")).check(HealthCheckRequest.getDefaultInstance());
			System.out.printf("%s: first call after %.0f ms%n", args[0], (System.nanoTime() - start) / 1e6);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
