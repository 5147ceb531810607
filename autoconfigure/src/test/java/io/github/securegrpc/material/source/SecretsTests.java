package io.github.securegrpc.material.source;

import java.util.Base64;
import java.util.List;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.util.ExceptionUtils;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.client.ClientProperties;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsProperties;
import io.github.securegrpc.server.ServerProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Keys and passwords are never printed.
 */
class SecretsTests {

	private static final String PASSWORD = "open sesame 42";

	private final X509Bundle leaf = TestCertificates.server(TestCertificates.authority("ca"));

	private final String key = TestCertificates.pem(this.leaf.getKeyPair().getPrivate());

	private final String keyBytes = Base64.getEncoder()
		.encodeToString(this.leaf.getKeyPair().getPrivate().getEncoded());

	@Test
	void whatHoldsThemPrintsNone() {
		Identity identity = new Identity(this.leaf.getKeyPair().getPrivate(), List.of(this.leaf.getCertificate()));
		MaterialLevel level = new MaterialLevel("secure-grpc", "cert.pem", this.key, PASSWORD, null, null, null, null);
		for (Object holder : List.of(identity, new TlsMaterial(identity, null), level,
				Location.of(level, "key", this.key), new PemIdentity(level),
				new Location("base64:" + this.keyBytes, "secure-grpc.key"), bind("secure-grpc", TlsProperties.class),
				bind("secure-grpc.server", ServerProperties.class), bind("secure-grpc.client", ClientProperties.class),
				bind("secure-grpc.client", ClientProperties.class).channels().get("it"))) {
			assertNoSecret(holder.toString());
		}
	}

	@Test
	void refusalsPrintNone() {
		String broken = this.key.replaceFirst("\nM", "\n*");
		for (MaterialLevel level : List.of(
				new MaterialLevel("secure-grpc", TestCertificates.pem(this.leaf.getCertificate()), broken, PASSWORD,
						null, null, null, null),
				new MaterialLevel("secure-grpc", this.key, this.key, PASSWORD, null, null, null, null),
				new MaterialLevel("secure-grpc", TestCertificates.pem(this.leaf.getCertificate()),
						"base64:" + this.keyBytes, PASSWORD, null, null, null, null),
				new MaterialLevel("secure-grpc", TestCertificates.pem(this.leaf.getCertificate()), this.keyBytes,
						PASSWORD, null, null, null, null))) {
			Throwable refusal = catchThrowable(() -> new FilePart<>(new PemIdentity(level)).load(new LocationReader()));
			assertThat(refusal).isInstanceOf(RefusedException.class);
			assertNoSecret(ExceptionUtils.readStackTrace(refusal));
			assertNoSecret(((RefusedException) refusal).action());
		}
	}

	private <T> T bind(String prefix, Class<T> type) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		for (String level : List.of(prefix, prefix + ".channels.it")) {
			source.put(level + ".cert", "cert.pem");
			source.put(level + ".key", this.key);
			source.put(level + ".key-password", PASSWORD);
		}
		return new Binder(source).bindOrCreate(prefix, type);
	}

	private void assertNoSecret(String text) {
		assertThat(text).doesNotContain(PASSWORD)
			.doesNotContain(this.keyBytes.substring(20, 60))
			.doesNotContain("-----BEGIN PRIVATE KEY");
	}

}
