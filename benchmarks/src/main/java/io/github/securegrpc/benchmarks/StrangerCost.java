package io.github.securegrpc.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;

import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.Assert;

/**
 * What a refused handshake costs a server with a revocation list in CPU, of its event
 * loops and of the threads that judge: of a stranger with one certificate, and of one who
 * adds nine intermediates of his own making (P-384). More chains than the JDK remembers,
 * from ever new addresses, so that none is answered late.
 */
public final class StrangerCost {

	private static final int PORT = 50_062;

	private static final int ROUNDS = 5;

	private static final int WARM_UP = 2;

	private static final int CHAINS = 100;

	private static final int INTERMEDIATES = 9;

	private static int connections;

	private StrangerCost() {
	}

	/**
	 * Measures and prints.
	 * @param args the provider: openssl or jdk
	 * @throws Exception if anything fails
	 */
	public static void main(String[] args) throws Exception {
		BenchmarkPki pki = new BenchmarkPki(Files.createTempDirectory("stranger-cost"), Algorithm.ecp256);
		List<SSLContext> alone = new ArrayList<>();
		List<SSLContext> accompanied = new ArrayList<>();
		for (int i = 0; i < CHAINS; i++) {
			accompanied.add(context(chain()));
		}
		X509Bundle x = builder("x").setIsCertificateAuthority(true).buildSelfSigned();
		for (int i = 0; i < CHAINS * (WARM_UP + ROUNDS); i++) {
			alone.add(context(List.of(builder("stranger").buildIssuedBy(x))));
		}
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(RotationMemory.Application.class)
			.web(WebApplicationType.NONE)
			.properties(pki.properties(PORT))
			.properties("secure-grpc.server.crl=" + pki.issueCrl(), "secure-grpc.reload.enabled=false",
					"secure-grpc.provider=" + args[0], "logging.level.io.github.securegrpc=off")
			.run()) {
			Assert.state(context.isRunning(), "not started");
			double[] one = new double[ROUNDS];
			double[] ten = new double[ROUNDS];
			double[] ratio = new double[ROUNDS];
			for (int round = -WARM_UP; round < ROUNDS; round++) {
				int from = (round + WARM_UP) * CHAINS;
				double few = pass(alone.subList(from, from + CHAINS));
				double many = pass(accompanied);
				if (round >= 0) {
					one[round] = few;
					ten[round] = many;
					ratio[round] = many / few;
				}
			}
			print(args[0] + ", one certificate", "ms", one);
			print(args[0] + ", leaf and nine intermediates", "ms", ten);
			print(args[0] + ", ratio", "times", ratio);
		}
	}

	/* Returns the milliseconds of CPU for one handshake. */
	private static double pass(List<SSLContext> strangers) throws IOException {
		long before = serverNanos();
		for (SSLContext stranger : strangers) {
			connect(stranger);
		}
		return (serverNanos() - before) / 1e6 / strangers.size();
	}

	private static long serverNanos() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long nanos = 0;
		for (long id : threads.getAllThreadIds()) {
			ThreadInfo thread = threads.getThreadInfo(id);
			if (thread != null && thread.getThreadName().matches("(grpc-default-worker|secure-grpc-handshake).*")) {
				nanos += Math.max(0, threads.getThreadCpuTime(id));
			}
		}
		return nanos;
	}

	private static void connect(SSLContext stranger) throws IOException {
		int address = connections++ % 60_000;
		try (SSLSocket socket = (SSLSocket) stranger.getSocketFactory()
			.createSocket("127.0.0.1", PORT,
					InetAddress.getByAddress(new byte[] { 127, 1, (byte) (address / 250), (byte) (address % 250 + 1) }),
					0)) {
			socket.setSoTimeout(10_000);
			socket.startHandshake();
			if (socket.getInputStream().read() >= 0) {
				throw new IllegalStateException("a stranger was served");
			}
		}
		catch (IOException ex) {
			// refused
		}
	}

	/* Leaf first, each issued by the next. */
	private static List<X509Bundle> chain() throws Exception {
		List<X509Bundle> chain = new ArrayList<>();
		X509Bundle issuer = builder("own root").setIsCertificateAuthority(true).buildSelfSigned();
		for (int i = 0; i < INTERMEDIATES; i++) {
			issuer = builder("intermediate " + i).algorithm(Algorithm.ecp384)
				.setIsCertificateAuthority(true)
				.buildIssuedBy(issuer);
			chain.add(0, issuer);
		}
		chain.add(0, builder("stranger").addExtendedKeyUsageClientAuth().buildIssuedBy(issuer));
		return chain;
	}

	private static SSLContext context(List<X509Bundle> chain) throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(new KeyManager[] { new Presenting(chain) },
				InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
		return context;
	}

	private static CertificateBuilder builder(String name) {
		Instant now = Clock.systemUTC().instant();
		return new CertificateBuilder().algorithm(Algorithm.ecp256)
			.subject("CN=" + name)
			.notBefore(now.minus(Duration.ofHours(1)))
			.notAfter(now.plus(Duration.ofDays(1)));
	}

	private static void print(String name, String unit, double[] values) {
		Arrays.sort(values);
		System.out.printf("%s: %.2f %s [%.2f..%.2f]%n", name, values[values.length / 2], unit, values[0],
				values[values.length - 1]);
	}

	/** Presents its chain, whatever the server asks for. */
	private static final class Presenting extends X509ExtendedKeyManager {

		private final List<X509Bundle> chain;

		private Presenting(List<X509Bundle> chain) {
			this.chain = chain;
		}

		@Override
		public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
			return "stranger";
		}

		@Override
		public X509Certificate[] getCertificateChain(String alias) {
			return this.chain.stream().map(X509Bundle::getCertificate).toArray(X509Certificate[]::new);
		}

		@Override
		public PrivateKey getPrivateKey(String alias) {
			return this.chain.get(0).getKeyPair().getPrivate();
		}

		@Override
		public String[] getClientAliases(String keyType, Principal[] issuers) {
			throw new UnsupportedOperationException();
		}

		@Override
		public String[] getServerAliases(String keyType, Principal[] issuers) {
			throw new UnsupportedOperationException();
		}

		@Override
		public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
			throw new UnsupportedOperationException();
		}

	}

}
