package io.github.securegrpc.benchmarks;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import javax.net.ssl.X509TrustManager;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;

import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.material.ValidationMode;
import io.github.securegrpc.validation.AnchorSet;
import io.github.securegrpc.validation.TrustRules;

/**
 * What it costs to judge the chains of 1,500 different clients (P-256, one intermediate)
 * the first time, and the second time within a minute. Each pass parses its certificates
 * anew, before the time is taken, for the JDK remembers 750 of them and what it verified.
 */
public final class PathCost {

	private static final int CLIENTS = 1_500;

	private static final int ROUNDS = 21;

	private static final int WARM_UP = 5;

	private static final TrustRules RULES = new TrustRules(ValidationMode.STRICT, Set.of(), Clock.systemUTC());

	private PathCost() {
	}

	/**
	 * Measures and prints.
	 * @param args none
	 * @throws Exception if certificates cannot be issued
	 */
	public static void main(String[] args) throws Exception {
		X509Bundle authority = builder("ca").setIsCertificateAuthority(true).buildSelfSigned();
		X509Bundle intermediate = builder("intermediate").setIsCertificateAuthority(true).buildIssuedBy(authority);
		List<byte[][]> clients = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			X509Certificate leaf = builder("client " + i).addSanDnsName("c" + i)
				.addExtendedKeyUsageClientAuth()
				.buildIssuedBy(intermediate)
				.getCertificate();
			clients.add(new byte[][] { leaf.getEncoded(), intermediate.getCertificate().getEncoded() });
		}
		AnchorSet anchors = AnchorSet.of(new TlsMaterial(null, new TrustAnchors(List.of(authority.getCertificate()))),
				"the benchmark");
		double[] first = new double[ROUNDS];
		double[] second = new double[ROUNDS];
		double[] ratio = new double[ROUNDS];
		for (int round = -WARM_UP; round < ROUNDS; round++) {
			X509TrustManager manager = RULES.trustManager(anchors, (engine) -> {
			});
			double without = pass(manager, clients);
			double with = pass(manager, clients);
			if (round >= 0) {
				first[round] = without;
				second[round] = with;
				ratio[round] = without / with;
			}
		}
		print("validated", "µs", first);
		print("validated a moment ago", "µs", second);
		print("ratio", "times", ratio);
	}

	/* Returns the microseconds for one client. */
	private static double pass(X509TrustManager manager, List<byte[][]> clients) throws CertificateException {
		List<X509Certificate[]> chains = new ArrayList<>();
		for (byte[][] client : clients) {
			chains.add(new X509Certificate[] { parse(client[0]), parse(client[1]) });
		}
		long start = System.nanoTime();
		for (X509Certificate[] chain : chains) {
			manager.checkClientTrusted(chain, "EC");
		}
		return (System.nanoTime() - start) / 1e3 / clients.size();
	}

	private static X509Certificate parse(byte[] der) throws CertificateException {
		return (X509Certificate) CertificateFactory.getInstance("X.509")
			.generateCertificate(new ByteArrayInputStream(der));
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
		System.out.printf("%s: %.1f %s [%.1f..%.1f]%n", name, values[values.length / 2], unit, values[0],
				values[values.length - 1]);
	}

}
