package io.github.securegrpc.application;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.rotation.RotatingMaterials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests that whoever trusts the public CAs of the web for his clients is warned.
 */
@ExtendWith(OutputCaptureExtension.class)
class PublicRootsTests {

	private static final String WARNING = "trust anchors are public CAs of the web";

	private final X509Bundle authority = TestCertificates.authority("ca");

	private final Path directory;

	PublicRootsTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@ParameterizedTest
	@ValueSource(strings = { "require", "optional" })
	void bundleOfPublicRootsIsWarnedOfAtTheStart(String clientAuth, CapturedOutput output) throws Exception {
		List<X509Certificate> roots = roots();
		try (ConfigurableApplicationContext context = application(roots)
			.set("secure-grpc.server.client-auth", clientAuth)
			.start()) {
			assertThat(context.isActive()).isTrue();
		}
		assertThat(output).contains(roots.size() + " of " + roots.size() + " " + WARNING)
			.contains("public.pem (secure-grpc.server.ca): ")
			.contains("passes client-auth " + clientAuth);
	}

	@Test
	void publicRootsThatARotationBringsAreWarnedOfOnce(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = application(List.of(this.authority.getCertificate())).start()) {
			assertThat(output).doesNotContain(WARNING);
			List<X509Certificate> mixed = new ArrayList<>(roots().subList(0, 3));
			mixed.add(this.authority.getCertificate());
			write(mixed);
			RotatingMaterials materials = context.getBean(RotatingMaterials.class);
			materials.tick();
			assertThat(output).containsOnlyOnce("3 of 4 " + WARNING);
			renew();
			materials.tick();
			assertThat(output).contains("to generation 3").containsOnlyOnce(WARNING);
		}
	}

	@Test
	void ownAuthorityAndUnaskedClientsAreNotWarnedOf(CapturedOutput output) throws Exception {
		application(List.of(this.authority.getCertificate())).start().close();
		application(roots()).set("secure-grpc.server.client-auth", "none").start().close();
		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void channelThatTrustsThemIsNotWarnedOf(CapturedOutput output) throws Exception {
		new Application(this.directory).identity("secure-grpc.server", TestCertificates.server(this.authority))
			.channel("self")
			.set("secure-grpc.client.ca", write(roots()))
			.start()
			.close();
		assertThat(output).doesNotContain(WARNING);
	}

	private Application application(List<X509Certificate> anchors) {
		renew();
		return new Application(this.directory).set("secure-grpc.server.cert", this.directory.resolve("tls.crt"))
			.set("secure-grpc.server.key", this.directory.resolve("tls.key"))
			.set("logging.level.io.github.securegrpc", "info")
			.set("secure-grpc.server.ca", write(anchors));
	}

	private void renew() {
		X509Bundle server = TestCertificates.server(this.authority);
		TestCertificates.write(this.directory.resolve("tls.crt"), TestCertificates.pem(server.getCertificate()));
		TestCertificates.write(this.directory.resolve("tls.key"),
				TestCertificates.pem(server.getKeyPair().getPrivate()));
	}

	private Path write(List<X509Certificate> anchors) {
		return TestCertificates.write(this.directory.resolve("public.pem"),
				TestCertificates.pem(anchors.toArray(X509Certificate[]::new)));
	}

	private static List<X509Certificate> roots() throws Exception {
		Path file = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
		assumeThat(Files.isReadable(file)).isTrue();
		KeyStore store = KeyStore.getInstance(file.toFile(), (char[]) null);
		List<X509Certificate> roots = new ArrayList<>();
		for (String alias : Collections.list(store.aliases())) {
			X509Certificate root = (X509Certificate) store.getCertificate(alias);
			if (root.getNotAfter().toInstant().isAfter(Clock.systemUTC().instant())) {
				roots.add(root);
			}
		}
		assumeThat(roots).hasSizeGreaterThan(2);
		return roots;
	}

}
