package io.github.securegrpc.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.net.ssl.SSLSession;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.material.ClientAuth;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsMaterialSource;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.material.ValidationMode;
import io.github.securegrpc.material.check.MaterialCheck;
import io.github.securegrpc.material.source.MaterialAutoConfiguration;
import io.github.securegrpc.peer.GuardedServer;
import io.github.securegrpc.peer.PeerAutoConfiguration;
import io.github.securegrpc.peer.PeerRules;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.rotation.RotationAutoConfiguration;
import io.github.securegrpc.validation.TrustRules;

/**
 * What identity, rules and validity cost a unary call: CPU time of in-process calls on
 * one thread without them, with 10 rules and with 1,000, in turns.
 */
public final class PeerCost {

	private static final int CALLS = 100_000;

	private static final int ROUNDS = 15;

	private static final int WARM_UP = 5;

	private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {

		@Override
		public InputStream stream(byte[] value) {
			return new ByteArrayInputStream(value);
		}

		@Override
		public byte[] parse(InputStream stream) {
			return new byte[0];
		}

	};

	private static final MethodDescriptor<byte[], byte[]> CALL = MethodDescriptor.newBuilder(BYTES, BYTES)
		.setType(MethodDescriptor.MethodType.UNARY)
		.setFullMethodName("benchmark.Peer/Call")
		.build();

	private PeerCost() {
	}

	/**
	 * Measures and prints.
	 * @param args none
	 * @throws Exception if anything fails
	 */
	public static void main(String[] args) throws Exception {
		List<AutoCloseable> open = new ArrayList<>();
		List<Contender> contenders = List.of(new Contender("without", serve(0, open), new ArrayList<>()),
				new Contender("10 rules", serve(10, open), new ArrayList<>()),
				new Contender("1000 rules", serve(1_000, open), new ArrayList<>()));
		for (int round = -WARM_UP; round < ROUNDS; round++) {
			for (Contender contender : contenders) {
				long spent = spend(contender.channel());
				if (round >= 0) {
					contender.nanos().add(spent / CALLS);
				}
			}
		}
		for (Contender contender : contenders) {
			List<Long> nanos = contender.nanos().stream().sorted().toList();
			System.out.printf("%-12s CPU ns per call, median [min..max]: %d [%d..%d]%n", contender.name(),
					nanos.get(ROUNDS / 2), nanos.get(0), nanos.get(ROUNDS - 1));
		}
		for (AutoCloseable closeable : open) {
			closeable.close();
		}
	}

	private static long spend(ManagedChannel channel) {
		long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		for (int i = 0; i < CALLS; i++) {
			ClientCalls.blockingUnaryCall(channel, CALL, CallOptions.DEFAULT, new byte[0]);
		}
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
	}

	private static ManagedChannel serve(int rules, List<AutoCloseable> open) throws Exception {
		X509Bundle authority = new CertificateBuilder().subject("CN=ca")
			.ecp256()
			.setIsCertificateAuthority(true)
			.buildSelfSigned();
		X509Bundle client = new CertificateBuilder().subject("CN=client")
			.ecp256()
			.addSanDnsName("a.peers.example.com")
			.buildIssuedBy(authority);
		InProcessServerBuilder builder = InProcessServerBuilder.forName("rules-" + rules)
			.directExecutor()
			.addService(ServerServiceDefinition.builder("benchmark.Peer")
				.addMethod(CALL, ServerCalls.asyncUnaryCall((request, response) -> {
					response.onNext(request);
					response.onCompleted();
				}))
				.build())
			.addTransportFilter(new Session(client));
		if (rules > 0) {
			ConfigurableApplicationContext context = new SpringApplicationBuilder(MaterialAutoConfiguration.class,
					RotationAutoConfiguration.class, PeerAutoConfiguration.class)
				.web(WebApplicationType.NONE)
				.properties(properties(rules))
				.run();
			open.add(context);
			context.getBean(PeerRules.class)
				.guard(new GuardedServer(material(authority), ClientAuth.REQUIRE,
						new TrustRules(ValidationMode.STRICT, Set.of(), Clock.systemUTC()), new Connections()))
				.guard(builder);
		}
		Server server = builder.build().start();
		open.add(server::shutdownNow);
		ManagedChannel channel = InProcessChannelBuilder.forName("rules-" + rules).directExecutor().build();
		open.add(channel::shutdownNow);
		return channel;
	}

	/* The last rule is the one that decides, by the last of its names. */
	private static Map<String, Object> properties(int rules) {
		Map<String, Object> properties = new LinkedHashMap<>();
		for (int i = 0; i < rules; i++) {
			String rule = "secure-grpc.authorization.rules[%d]".formatted(i);
			boolean last = i == rules - 1;
			properties.put(rule + ".methods", last ? "benchmark.Peer/*" : "benchmark.Other%d/*".formatted(i));
			properties.put(rule + ".allow", "dns:b%d.example.com,dns:*.peers.example.com".formatted(i));
		}
		return properties;
	}

	private static RotatingMaterial material(X509Bundle authority) throws Exception {
		X509Bundle leaf = new CertificateBuilder().subject("CN=server")
			.ecp256()
			.addSanDnsName("localhost")
			.buildIssuedBy(authority);
		TlsMaterial material = new TlsMaterial(
				new Identity(leaf.getKeyPair().getPrivate(), List.of(leaf.getCertificate())),
				new TrustAnchors(List.of(authority.getCertificate())));
		TlsMaterialSource source = new TlsMaterialSource() {

			@Override
			public TlsMaterial load() {
				return material;
			}

			@Override
			public MaterialOrigin origin() {
				return new MaterialOrigin("memory", "memory", "memory");
			}

		};
		return new RotatingMaterial("server", source, new MaterialCheck(MaterialCheck.Side.SERVER, Clock.systemUTC()),
				Clock.systemUTC());
	}

	private record Contender(String name, ManagedChannel channel, List<Long> nanos) {

	}

	/** Gives an in-process connection the session of a peer. */
	private static final class Session extends ServerTransportFilter {

		private final SSLSession session;

		private Session(X509Bundle peer) {
			this.session = (SSLSession) Proxy.newProxyInstance(Session.class.getClassLoader(),
					new Class<?>[] { SSLSession.class }, (proxy, method, arguments) -> {
						if (!method.getName().equals("getPeerCertificates")) {
							throw new UnsupportedOperationException(method.getName());
						}
						return new Certificate[] { peer.getCertificate() };
					});
		}

		@Override
		public Attributes transportReady(Attributes transport) {
			return transport.toBuilder().set(Grpc.TRANSPORT_ATTR_SSL_SESSION, this.session).build();
		}

	}

	/** In process there is no transport that could be ours. */
	private static final class Connections implements GuardedServer.Connections {

		@Override
		public boolean areOurs(Attributes transport) {
			return true;
		}

		@Override
		public void close(Attributes transport) {
			// nothing is closed
		}

	}

}
