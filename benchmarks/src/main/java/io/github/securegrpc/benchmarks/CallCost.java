package io.github.securegrpc.benchmarks;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

import com.sun.management.ThreadMXBean;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.health.v1.HealthGrpc.HealthBlockingStub;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

/**
 * What a unary call over mutual TLS costs a server with the starter as it comes, with
 * net.devh's observation, and grpc-java with static files: CPU time and allocation of all
 * threads of this JVM but the compiler's and the collector's, the client's half included,
 * in turns.
 */
public final class CallCost {

	private static final int CALLS = 10_000;

	private static final int ROUNDS = 11;

	private static final int WARM_UP = 5;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private CallCost() {
	}

	/**
	 * Measures and prints.
	 * @param args none
	 * @throws Exception if anything fails
	 */
	public static void main(String[] args) throws Exception {
		Path directory = Files.createTempDirectory("call-cost");
		BenchmarkPki pki = new BenchmarkPki(directory, Algorithm.ecp256);
		Map<String, HealthBlockingStub> contenders = new LinkedHashMap<>();
		contenders.put("grpc-java, static files", connect(directory, raw(directory)));
		contenders.put("starter", connect(directory, start(pki, 50_062)));
		contenders.put("starter, observation",
				connect(directory, start(pki, 50_063, "--management.tracing.grpc.enabled=true")));
		Map<String, List<long[]>> spent = new LinkedHashMap<>();
		for (int round = -WARM_UP; round < ROUNDS; round++) {
			for (Map.Entry<String, HealthBlockingStub> contender : contenders.entrySet()) {
				long[] cost = cost(contender.getValue());
				if (round >= 0) {
					spent.computeIfAbsent(contender.getKey(), (name) -> new ArrayList<>()).add(cost);
				}
			}
		}
		List<long[]> base = spent.values().iterator().next();
		spent.forEach((name, costs) -> System.out.printf("%-24s CPU %s us, %s raw; allocated %s B, %s raw%n", name,
				spread(costs, (cost) -> cost[0] / 1_000), ratio(costs, base, 0), spread(costs, (cost) -> cost[1]),
				ratio(costs, base, 1)));
		System.exit(0);
	}

	private static long[] cost(HealthBlockingStub stub) {
		long cpu = all(THREADS::getThreadCpuTime);
		long bytes = all(THREADS::getThreadAllocatedBytes);
		for (int i = 0; i < CALLS; i++) {
			stub.check(HealthCheckRequest.getDefaultInstance());
		}
		return new long[] { (all(THREADS::getThreadCpuTime) - cpu) / CALLS,
				(all(THREADS::getThreadAllocatedBytes) - bytes) / CALLS };
	}

	private static long all(ToLongFunction<Long> of) {
		long sum = 0;
		for (long id : THREADS.getAllThreadIds()) {
			sum += Math.max(0, of.applyAsLong(id));
		}
		return sum;
	}

	private static String spread(List<long[]> costs, ToLongFunction<long[]> of) {
		List<Long> sorted = costs.stream().map(of::applyAsLong).sorted().toList();
		return "%d [%d..%d]".formatted(sorted.get(ROUNDS / 2), sorted.get(0), sorted.get(ROUNDS - 1));
	}

	/* Within each round. */
	private static String ratio(List<long[]> costs, List<long[]> base, int what) {
		List<Double> ratios = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			ratios.add((double) costs.get(round)[what] / base.get(round)[what]);
		}
		ratios.sort(null);
		return "%.2f [%.2f..%.2f] x".formatted(ratios.get(ROUNDS / 2), ratios.get(0), ratios.get(ROUNDS - 1));
	}

	private static int raw(Path directory) throws Exception {
		ServerCredentials credentials = TlsServerCredentials.newBuilder()
			.keyManager(file(directory, "server.crt"), file(directory, "server.key"))
			.trustManager(file(directory, "ca.crt"))
			.clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
			.build();
		return Grpc.newServerBuilderForPort(0, credentials)
			.addService(new HealthStatusManager().getHealthService())
			.build()
			.start()
			.getPort();
	}

	private static int start(BenchmarkPki pki, int port, String... more) {
		new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(pki.properties(port))
			.run(more);
		return port;
	}

	private static HealthBlockingStub connect(Path directory, int port) throws Exception {
		ChannelCredentials credentials = TlsChannelCredentials.newBuilder()
			.keyManager(file(directory, "client.crt"), file(directory, "client.key"))
			.trustManager(file(directory, "ca.crt"))
			.build();
		ManagedChannel channel = Grpc.newChannelBuilder("localhost:" + port, credentials).build();
		return HealthGrpc.newBlockingStub(channel);
	}

	private static File file(Path directory, String name) {
		return directory.resolve(name).toFile();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
