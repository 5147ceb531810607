package io.github.securegrpc.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A CA, and the files of a server and of a client that can be issued again and again.
 */
final class BenchmarkPki {

	private final Path directory;

	private final Algorithm algorithm;

	private final X509Bundle authority;

	/* Two that take turns: an RSA key takes seconds to make. */
	private final KeyPair[] keys;

	private int issued;

	BenchmarkPki(Path directory, Algorithm algorithm) throws Exception {
		this.directory = directory;
		this.algorithm = algorithm;
		this.authority = builder().subject("CN=ca").setIsCertificateAuthority(true).buildSelfSigned();
		this.keys = new KeyPair[] { this.authority.getKeyPair(),
				builder().subject("CN=key").setIsCertificateAuthority(true).buildSelfSigned().getKeyPair() };
		write("ca.crt", this.authority.getCertificatePEM());
		issueServer();
		issueClient();
	}

	void issueServer() throws Exception {
		write("server", builder().subject("CN=server").addSanDnsName("localhost").addExtendedKeyUsageServerAuth());
	}

	void issueClient() throws Exception {
		write("client", builder().subject("CN=client").addSanDnsName("client").addExtendedKeyUsageClientAuth());
	}

	PrivateKey serverKey() {
		// the first issued
		return this.keys[0].getPrivate();
	}

	String[] properties(int port) {
		return new String[] { "grpc.server.port=" + port, "grpc.server.address=127.0.0.1",
				"grpc.client.it.address=static://localhost:" + port, "spring.main.banner-mode=off",
				"logging.level.root=error", "secure-grpc.server.cert=" + file("server.crt"),
				"secure-grpc.server.key=" + file("server.key"), "secure-grpc.server.ca=" + file("ca.crt"),
				"secure-grpc.client.cert=" + file("client.crt"), "secure-grpc.client.key=" + file("client.key"),
				"secure-grpc.client.ca=" + file("ca.crt") };
	}

	/* A list that names nobody. */
	Path issueCrl() throws Exception {
		Instant now = Clock.systemUTC().instant();
		byte[] list = new JcaX509v2CRLBuilder(this.authority.getCertificate().getSubjectX500Principal(), Date.from(now))
			.setNextUpdate(Date.from(now.plus(Duration.ofDays(1))))
			.build(new JcaContentSignerBuilder("SHA256withECDSA").build(this.authority.getKeyPair().getPrivate()))
			.getEncoded();
		return Files.write(file("ca.crl"), list);
	}

	private CertificateBuilder builder() {
		Instant now = Clock.systemUTC().instant();
		return new CertificateBuilder().algorithm(this.algorithm)
			.notBefore(now.minus(Duration.ofHours(1)))
			.notAfter(now.plus(Duration.ofDays(1)));
	}

	private Path file(String name) {
		return this.directory.resolve(name);
	}

	private void write(String name, CertificateBuilder leaf) throws Exception {
		X509Bundle bundle = leaf.keyPair(this.keys[this.issued++ / 2 % 2]).buildIssuedBy(this.authority);
		write(name + ".crt", bundle.getCertificatePathPEM());
		write(name + ".key", bundle.getPrivateKeyPEM());
	}

	private void write(String name, String content) throws IOException {
		Path written = Files.writeString(file(name + ".new"), content);
		Files.move(written, file(name), StandardCopyOption.ATOMIC_MOVE);
	}

}
