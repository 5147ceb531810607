package io.github.securegrpc.rotation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

import io.github.securegrpc.MutableClock;
import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.TlsMaterialSource;
import io.github.securegrpc.material.check.MaterialCheck;
import io.github.securegrpc.material.source.MaterialSources;

/**
 * A server's material from three files, and what is said when it changes.
 */
class RotatingFiles implements ImmediateRotationListener {

	final X509Bundle authority = TestCertificates.authority("ca");

	final X509Bundle first = TestCertificates.server(this.authority);

	final MutableClock clock = new MutableClock();

	final List<MaterialRotated> rotated = new CopyOnWriteArrayList<>();

	final List<MaterialRefused> refused = new CopyOnWriteArrayList<>();

	final RotatingMaterials materials = new RotatingMaterials((event) -> event.accept(this), this.clock);

	Path directory = Path.of("");

	Path cert = this.directory;

	Path key = this.directory;

	Path ca = this.directory;

	@SuppressWarnings("NullAway.Init")
	RotatingMaterial material;

	@BeforeEach
	void load(@TempDir Path directory) {
		this.directory = directory;
		this.cert = this.directory.resolve("tls.crt");
		this.key = this.directory.resolve("tls.key");
		this.ca = this.directory.resolve("ca.crt");
		write(this.first);
		TestCertificates.write(this.ca, TestCertificates.pem(this.authority.getCertificate()));
		this.material = this.materials.load("server", source(null), MaterialCheck.Side.SERVER);
	}

	@Override
	public void rotated(MaterialRotated event) {
		this.rotated.add(event);
	}

	@Override
	public void refused(MaterialRefused event) {
		this.refused.add(event);
	}

	X509Bundle server(Duration from, Duration to) {
		Instant now = this.clock.instant();
		return TestCertificates.issue((builder) -> builder.subject("CN=server")
			.addSanDnsName("localhost")
			.addExtendedKeyUsageServerAuth()
			.notBefore(now.plus(from))
			.notAfter(now.plus(to)), this.authority);
	}

	X509Certificate leaf() {
		return Objects.requireNonNull(this.material.current().material().identity()).leaf();
	}

	void write(X509Bundle identity) {
		TestCertificates.write(this.cert, TestCertificates.pem(identity.getCertificate()));
		TestCertificates.write(this.key, TestCertificates.pem(identity.getKeyPair().getPrivate()));
	}

	void deleteAll() {
		try {
			for (Path file : List.of(this.cert, this.key, this.ca)) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	TlsMaterialSource source(@Nullable String password) {
		MaterialLevel level = new MaterialLevel("secure-grpc.server", this.cert.toString(), this.key.toString(),
				password, this.ca.toString(), null, null, null);
		return Objects.requireNonNull(new MaterialSources(DefaultSslBundleRegistry::new).resolve(List.of(level), null));
	}

}
