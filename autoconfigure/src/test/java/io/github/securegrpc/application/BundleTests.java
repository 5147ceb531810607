package io.github.securegrpc.application;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Objects;

import javax.net.ssl.SSLException;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.util.ExceptionUtils;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * PKCS#12, JKS and PEM through Spring Boot's bundles.
 */
class BundleTests {

	private static final String PASSWORD = "open sesame 42";

	private final X509Bundle authority = TestCertificates.authority("ca");

	private final X509Bundle server = TestCertificates.server(this.authority);

	private Application application = new Application(Path.of(""));

	private Path directory = Path.of("");

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.directory = directory;
		this.application = new Application(directory).channel("it");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PKCS12", "JKS" })
	void storesServeBothEndsOverMutualTls(String type) throws Exception {
		bundle("server", type, this.server, "leaf");
		bundle("client", type, TestCertificates.client(this.authority), "leaf");
		this.application.set("secure-grpc.server.bundle", "server").set("secure-grpc.client.bundle", "client");
		try (ConfigurableApplicationContext context = this.application.start()) {
			TestApplication.call(context, "it");
			assertThat(new TlsProbe(TestCertificates.client(this.authority)).connect(this.application.port()))
				.isEqualTo(this.server.getCertificate());
			assertThatThrownBy(() -> new TlsProbe(TestCertificates.client(TestCertificates.authority("other")))
				.connect(this.application.port())).isInstanceOf(SSLException.class);
		}
	}

	@Test
	void aliasChoosesAmongSeveralKeys() throws Exception {
		Path file = this.directory.resolve("two.p12");
		KeyStore store = store("PKCS12", TestCertificates.server(this.authority), "other");
		store.setKeyEntry("wanted", this.server.getKeyPair().getPrivate(), PASSWORD.toCharArray(),
				new X509Certificate[] { this.server.getCertificate() });
		write(store, file);
		this.application.set("spring.ssl.bundle.jks.two.keystore.location", file)
			.set("spring.ssl.bundle.jks.two.keystore.password", PASSWORD)
			.set("secure-grpc.server.bundle", "two");
		refuses("has several keys");
		this.application.set("spring.ssl.bundle.jks.two.key.alias", "wanted");
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(new TlsProbe(this.server).connect(TestApplication.port(context)))
				.isEqualTo(this.server.getCertificate());
		}
	}

	@Test
	void aliasThatDoesNotExistIsRefusedWithTheNames() throws Exception {
		bundle("server", "PKCS12", this.server, "leaf");
		this.application.set("secure-grpc.server.bundle", "server")
			.set("spring.ssl.bundle.jks.server.key.alias", "laef");
		refuses("leaf");
	}

	@Test
	void wrongPasswordIsRefusedWithoutSayingIt() throws Exception {
		bundle("server", "PKCS12", this.server, "leaf");
		this.application.set("secure-grpc.server.bundle", "server")
			.set("spring.ssl.bundle.jks.server.keystore.password", "another secret");
		// with metrics on the class path Boot reads every bundle first, and refuses by
		// itself
		assertThatThrownBy(this.application::start)
			.satisfies((ex) -> assertThat(ExceptionUtils.readStackTrace(ex)).contains("server.PKCS12")
				.contains("password was incorrect")
				.doesNotContain("another secret"));
	}

	@Test
	void protocolsAndCiphersOfTheBundleApply() throws Exception {
		String cipher = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
		bundle("server", "PKCS12", this.server, "leaf");
		this.application.set("secure-grpc.server.bundle", "server")
			.set("spring.ssl.bundle.jks.server.options.enabled-protocols", "TLSv1.2")
			.set("spring.ssl.bundle.jks.server.options.ciphers", cipher);
		try (ConfigurableApplicationContext context = this.application.start()) {
			TlsProbe probe = new TlsProbe(TestCertificates.client(this.authority));
			probe.connect(TestApplication.port(context));
			assertThat(probe.lastSession()).isEqualTo("TLSv1.2 " + cipher);
		}
	}

	@Test
	void optionsOfTheBundleApplyBesideANearerLevelsCa() throws Exception {
		bundle("top", "PKCS12", TestCertificates
			.issue((builder) -> builder.subject("CN=top").addSanDnsName("localhost"), this.authority), "leaf");
		this.application.set("secure-grpc.bundle", "top")
			.set("spring.ssl.bundle.jks.top.options.enabled-protocols", "TLSv1.2")
			.ca("secure-grpc.server", this.authority);
		try (ConfigurableApplicationContext context = this.application.start()) {
			TlsProbe probe = new TlsProbe(TestCertificates.client(this.authority));
			probe.connect(TestApplication.port(context));
			assertThat(probe.lastSession()).startsWith("TLSv1.2 ");
		}
	}

	@Test
	void keyStoreInThePropertiesIsNotPrinted() throws Exception {
		bundle("server", "PKCS12", this.server, "leaf");
		String content = Base64.getEncoder()
			.encodeToString(Files.readAllBytes(this.directory.resolve("server.PKCS12")));
		this.application.set("secure-grpc.server.bundle", "server")
			.set("spring.ssl.bundle.jks.server.keystore.location", "base64:" + content)
			.set("spring.ssl.bundle.jks.server.keystore.password", "another secret")
			.set("spring.autoconfigure.exclude", // Boot's metrics, else they read it
													// first
					"org.springframework.boot.micrometer.metrics.autoconfigure.ssl.SslMetricsAutoConfiguration");
		assertThatThrownBy(this.application::start).satisfies((ex) -> {
			Throwable cause = ex;
			while (cause != null && !(cause instanceof RefusedException)) {
				cause = cause.getCause();
			}
			assertThat(cause).isNotNull()
				.hasMessageContaining("bundle 'server' (secure-grpc.server.bundle) cannot be read")
				.hasMessageContaining("password was incorrect")
				.message()
				.doesNotContain(content.substring(0, 40))
				.doesNotContain("another secret");
		});
	}

	private void bundle(String name, String type, X509Bundle identity, String alias) throws Exception {
		Path file = this.directory.resolve(name + "." + type);
		write(store(type, identity, alias), file);
		KeyStore anchors = KeyStore.getInstance(type);
		anchors.load(null, null);
		anchors.setCertificateEntry("ca", this.authority.getCertificate());
		Path trust = this.directory.resolve(name + "-trust." + type);
		write(anchors, trust);
		String prefix = "spring.ssl.bundle.jks." + name;
		this.application.set(prefix + ".keystore.location", file)
			.set(prefix + ".keystore.password", PASSWORD)
			.set(prefix + ".keystore.type", type)
			.set(prefix + ".truststore.location", trust)
			.set(prefix + ".truststore.password", PASSWORD)
			.set(prefix + ".truststore.type", type);
	}

	private static KeyStore store(String type, X509Bundle identity, String alias) throws Exception {
		KeyStore store = KeyStore.getInstance(type);
		store.load(null, null);
		store.setKeyEntry(alias, identity.getKeyPair().getPrivate(), PASSWORD.toCharArray(),
				new X509Certificate[] { identity.getCertificate() });
		return store;
	}

	private static void write(KeyStore store, Path file) throws Exception {
		try (OutputStream stream = Files.newOutputStream(file)) {
			store.store(stream, PASSWORD.toCharArray());
		}
	}

	private void refuses(String reason) {
		assertThatThrownBy(this.application::start)
			.satisfies((ex) -> assertThat(refusal(ex)).hasMessageContaining(reason));
	}

	private static Throwable refusal(Throwable ex) {
		Throwable cause = ex;
		while (cause != null && !(cause instanceof RefusedException)) {
			cause = cause.getCause();
		}
		assertThat(cause).as("a refusal in " + ex).isNotNull();
		return Objects.requireNonNull(cause);
	}

}
