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
 * What a unary call costs a server with the starter as it comes, with net.devh's
 * observation, and grpc-java with static files, over one connection or each over a new
 * one: CPU time and allocation of all threads of this JVM but the compiler's and the
 * collector's, the client's half included, in turns.
 */
public final class CallCost {

	private static final int CALLS = 10_000;

	private static final int CONNECTIONS = 300;

	private static final int ROUNDS = 11;

	private static final int WARM_UP = 5;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private CallCost() {
	}

	/**
	 * Measures and prints.
	 * @param args calls or handshakes, one-way or mutual
	 * @throws Exception if anything fails
	 */
	public static void main(String[] args) throws Exception {
		Path directory = Files.createTempDirectory("call-cost");
		BenchmarkPki pki = new BenchmarkPki(directory, Algorithm.ecp256);
		boolean isMutual = args[1].equals("mutual");
		String clientAuth = "--secure-grpc.server.client-auth=" + (isMutual ? "require" : "none");
		Map<String, Integer> servers = new LinkedHashMap<>();
		servers.put("grpc-java, static files", raw(directory, isMutual));
		servers.put("starter", start(pki, 50_062, clientAuth));
		servers.put("starter, observation", start(pki, 50_063, clientAuth, "--management.tracing.grpc.enabled=true"));
		Map<String, Operation> contenders = new LinkedHashMap<>();
		ChannelCredentials credentials = credentials(directory, isMutual);
		servers.forEach((name, port) -> contenders.put(name,
				args[0].equals("calls") ? calls(port, credentials) : handshakes(port, credentials)));
		Map<String, List<long[]>> spent = new LinkedHashMap<>();
		for (int round = -WARM_UP; round < ROUNDS; round++) {
			for (Map.Entry<String, Operation> contender : contenders.entrySet()) {
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

	private static long[] cost(Operation operation) {
		long cpu = all(THREADS::getThreadCpuTime);
		long bytes = all(THREADS::getThreadAllocatedBytes);
		for (int i = 0; i < operation.times(); i++) {
			operation.once().run();
		}
		return new long[] { (all(THREADS::getThreadCpuTime) - cpu) / operation.times(),
				(all(THREADS::getThreadAllocatedBytes) - bytes) / operation.times() };
	}

	private static Operation calls(int port, ChannelCredentials credentials) {
		ManagedChannel channel = Grpc.newChannelBuilder("localhost:" + port, credentials).build();
		HealthBlockingStub stub = HealthGrpc.newBlockingStub(channel);
		return new Operation(CALLS, () -> stub.check(HealthCheckRequest.getDefaultInstance()));
	}

	private static Operation handshakes(int port, ChannelCredentials credentials) {
		return new Operation(CONNECTIONS, () -> {
			ManagedChannel channel = Grpc.newChannelBuilder("localhost:" + port, credentials).build();
			HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
			channel.shutdownNow();
		});
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

	private static int raw(Path directory, boolean isMutual) throws Exception {
		TlsServerCredentials.Builder credentials = TlsServerCredentials.newBuilder()
			.keyManager(file(directory, "server.crt"), file(directory, "server.key"));
		if (isMutual) {
			credentials.trustManager(file(directory, "ca.crt")).clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
		}
		return Grpc.newServerBuilderForPort(0, credentials.build())
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

	private static ChannelCredentials credentials(Path directory, boolean isMutual) throws Exception {
		TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder()
			.trustManager(file(directory, "ca.crt"));
		if (isMutual) {
			credentials.keyManager(file(directory, "client.crt"), file(directory, "client.key"));
		}
		return credentials.build();
	}

	private static File file(Path directory, String name) {
		return directory.resolve(name).toFile();
	}

	/**
	 * What is measured.
	 *
	 * @param times how often, in a round
	 * @param once what
	 */
	private record Operation(int times, Runnable once) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
