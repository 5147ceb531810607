package io.github.securegrpc.application;

import java.net.SocketException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.grpc.StatusRuntimeException;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.rotation.RotatingMaterials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What was configured holds after a rotation as it did before.
 */
class RotationSettingsTests {

	@SuppressWarnings("NullAway.Init")
	private RollingPki pki;

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void clientAuthIsStillRequired(String provider, @TempDir Path directory) throws Exception {
		try (ConfigurableApplicationContext context = start(new RollingPki(directory), provider)) {
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(SSLException.class).isThrownBy(() -> connect(context, null, "TLSv1.3"));
				assertThat(new TlsProbe(this.pki.client()).connect(TestApplication.port(context)))
					.isEqualTo(this.pki.server().getCertificate());
				rotate(context);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void clientAuthIsStillOptional(String provider, @TempDir Path directory) throws Exception {
		try (ConfigurableApplicationContext context = start(new RollingPki(directory), provider,
				"secure-grpc.server.client-auth=optional")) {
			rotate(context);
			connect(context, null, "TLSv1.3");
			X509Bundle stranger = TestCertificates.client(TestCertificates.authority("another"));
			assertThatExceptionOfType(SSLException.class).isThrownBy(() -> connect(context, stranger, "TLSv1.3"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void protocolsAndCiphersAreTheSame(String provider, @TempDir Path directory) throws Exception {
		String cipher = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
		try (ConfigurableApplicationContext context = start(new RollingPki(directory), provider,
				"secure-grpc.server.protocols=TLSv1.2", "secure-grpc.server.ciphers=" + cipher)) {
			rotate(context);
			assertThatExceptionOfType(SSLException.class)
				.isThrownBy(() -> connect(context, this.pki.client(), "TLSv1.3"));
			assertThat(connect(context, this.pki.client(), "TLSv1.2")).isEqualTo(cipher);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void pinsAreStillRequired(String provider, @TempDir Path directory) throws Exception {
		RollingPki pinned = new RollingPki(directory);
		try (ConfigurableApplicationContext context = start(pinned, provider,
				"secure-grpc.client.channels.it.pins=" + pin(pinned.server().getCertificate()))) {
			TestApplication.call(context, "it");
			rotate(context); // the same key renewed
			TestApplication.call(context, "it");
			rotate(context); // another key
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> TestApplication.call(context, "it"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void serverNameIsStillVerified(String provider, @TempDir Path directory) throws Exception {
		try (ConfigurableApplicationContext context = start(new RollingPki(directory), provider,
				"grpc.client.other.address=${%s}".formatted(TestEngine.current().name("grpc.client.it.address")),
				"secure-grpc.client.channels.it.server-name=localhost",
				"secure-grpc.client.channels.other.server-name=elsewhere.example.com")) {
			for (int i = 0; i < 3; i++) {
				TestApplication.call(context, "it");
				assertThatExceptionOfType(StatusRuntimeException.class)
					.isThrownBy(() -> TestApplication.call(context, "other"));
				rotate(context);
			}
		}
	}

	@Test
	void generationInForceIsPublishedAsABundle(@TempDir Path directory) throws Exception {
		try (ConfigurableApplicationContext context = start(new RollingPki(directory), "auto")) {
			SslBundles bundles = context.getBean(SslBundles.class);
			List<SslBundle> updates = new CopyOnWriteArrayList<>();
			bundles.addBundleUpdateHandler("secure-grpc-server", updates::add);
			assertThat(bundles.getBundleNames()).contains("secure-grpc-server", "secure-grpc-client");
			assertThat(leaf(bundles)).isEqualTo(this.pki.server().getCertificate());
			rotate(context);
			Awaitility.await().untilAsserted(() -> assertThat(updates).hasSize(1));
			assertThat(leaf(bundles)).isEqualTo(this.pki.server().getCertificate());
			assertThat(bundles.getBundle("secure-grpc-client").getStores().getTrustStore()).isNotNull();
		}
	}

	private static X509Certificate leaf(SslBundles bundles) throws Exception {
		KeyStore store = Objects.requireNonNull(bundles.getBundle("secure-grpc-server").getStores().getKeyStore());
		String alias = Collections.list(store.aliases()).get(0);
		return (X509Certificate) store.getCertificate(alias);
	}

	private void rotate(ConfigurableApplicationContext context) {
		this.pki.rotate();
		RotatingMaterials materials = context.getBean(RotatingMaterials.class);
		int before = materials.all().get(0).current().number();
		materials.tick();
		assertThat(materials.all().get(0).current().number()).isEqualTo(before + 1);
	}

	/* Returns the cipher suite. */
	private static String connect(ConfigurableApplicationContext context, @Nullable X509Bundle identity,
			String protocol) throws Exception {
		SSLContext client = SSLContext.getInstance("TLS");
		client.init((identity != null) ? new KeyManager[] { new FixedKeyManager(identity) } : null,
				InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
		try (SSLSocket socket = (SSLSocket) client.getSocketFactory()
			.createSocket("127.0.0.1", TestApplication.port(context))) {
			socket.setSoTimeout(10_000);
			socket.setEnabledProtocols(new String[] { protocol });
			SSLParameters parameters = socket.getSSLParameters();
			parameters.setApplicationProtocols(new String[] { "h2" });
			socket.setSSLParameters(parameters);
			socket.startHandshake();
			if (socket.getInputStream().read() < 0) {
				throw new SSLException("closed before the first byte");
			}
			return socket.getSession().getCipherSuite();
		}
		catch (SocketException ex) {
			throw new SSLException(ex);
		}
	}

	private ConfigurableApplicationContext start(RollingPki files, String provider, String... more) {
		this.pki = files;
		int port = TestSocketUtils.findAvailableTcpPort();
		List<String> properties = new ArrayList<>(List.of("grpc.server.port=" + port,
				"grpc.client.it.address=static://localhost:" + port, "secure-grpc.reload.enabled=false",
				"secure-grpc.provider=" + provider, "secure-grpc.server.cert=" + this.pki.file("server.crt"),
				"secure-grpc.server.key=" + this.pki.file("server.key"),
				"secure-grpc.client.cert=" + this.pki.file("client.crt"),
				"secure-grpc.client.key=" + this.pki.file("client.key"), "secure-grpc.ca=" + this.pki.file("ca.crt")));
		properties.addAll(List.of(more));
		return TestApplication.start(properties.toArray(String[]::new));
	}

	private static String pin(X509Certificate certificate) throws Exception {
		return "sha256/" + Base64.getEncoder()
			.encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded()));
	}

}
