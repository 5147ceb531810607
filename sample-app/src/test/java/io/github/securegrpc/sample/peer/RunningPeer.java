package io.github.securegrpc.sample.peer;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.actuate.GrpcCertificatesEndpoint;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.sample.SampleApplication;

/**
 * The sample as a peer of a {@link Network}.
 */
final class RunningPeer implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	RunningPeer(Network network, int number, String... more) {
		Depot depot = network.depot();
		List<String> arguments = new ArrayList<>(List.of("--spring.profiles.active=peer",
				"--grpc.server.address=" + Network.host(number), "--grpc.server.port=" + network.port(number),
				"--server.port=0", "--secure-grpc.dev-ca.enabled=false", "--secure-grpc.reload.enabled=false",
				"--secure-grpc.ca=" + depot.certificate("ca"),
				"--secure-grpc.server.cert=" + depot.certificate("server" + number),
				"--secure-grpc.server.key=" + depot.key("server" + number),
				"--secure-grpc.client.cert=" + depot.certificate("client" + number),
				"--secure-grpc.client.key=" + depot.key("client" + number)));
		arguments.addAll(List.of(more));
		this.context = new SpringApplication(SampleApplication.class).run(arguments.toArray(String[]::new));
	}

	List<String> members() {
		return this.context.getBean(Membership.class)
			.neighbours()
			.stream()
			.map((member) -> member.address().toString())
			.toList();
	}

	long messages(Outcome.Kind kind) {
		return this.context.getBean(Outcomes.class).of(kind);
	}

	/* What lies in the files now is in force from now on. */
	void reload() {
		this.context.getBean(GrpcCertificatesEndpoint.class).reload();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
