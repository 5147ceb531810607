package io.github.securegrpc.actuate;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.netty.pkitesting.X509Bundle;

import io.github.securegrpc.MutableClock;
import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsMaterialSource;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.material.check.MaterialCheck;
import io.github.securegrpc.rotation.ImmediateRotationListener;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.rotation.RotatingMaterials;

/**
 * The server's material, in memory, and a clock.
 */
final class TestMaterials {

	final MutableClock clock = new MutableClock();

	final X509Bundle authority = authority("CN=ca", Duration.ofDays(300));

	final List<ImmediateRotationListener> listeners = new ArrayList<>();

	final RotatingMaterials materials = new RotatingMaterials((event) -> this.listeners.forEach(event), this.clock);

	private final AtomicReference<TlsMaterial> content = new AtomicReference<>();

	RotatingMaterial load(X509Bundle identity, X509Bundle... anchors) {
		set(identity, anchors);
		return this.materials.load("server", new Source(), MaterialCheck.Side.SERVER);
	}

	void set(X509Bundle identity, X509Bundle... anchors) {
		List<X509Certificate> trusted = java.util.Arrays.stream(anchors).map(X509Bundle::getCertificate).toList();
		this.content.set(new TlsMaterial(new Identity(identity.getKeyPair().getPrivate(), List
			.of(identity.getCertificatePathWithRoot())
			.stream()
			.filter((
					certificate) -> !certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal()))
			.toList()), trusted.isEmpty() ? null : new TrustAnchors(trusted)));
	}

	void revoke(RevocationLists lists) {
		TlsMaterial before = this.content.get();
		this.content.set(new TlsMaterial(before.identity(), before.trustAnchors(), lists));
	}

	X509Bundle server(Duration life) {
		return server(this.authority, life);
	}

	X509Bundle server(X509Bundle issuer, Duration life) {
		return issue((now) -> TestCertificates.issue((builder) -> builder.subject("CN=server")
			.addSanDnsName("localhost")
			.addSanIpAddress("127.0.0.1")
			.notBefore(now)
			.notAfter(now.plus(life)), issuer));
	}

	X509Bundle authority(String name, Duration life) {
		return issue((now) -> TestCertificates.issue((builder) -> builder.subject(name)
			.setIsCertificateAuthority(true)
			.notBefore(now)
			.notAfter(now.plus(life)), null));
	}

	X509Bundle intermediate(Duration life) {
		return issue((now) -> TestCertificates.issue((builder) -> builder.subject("CN=intermediate")
			.setIsCertificateAuthority(true)
			.notBefore(now)
			.notAfter(now.plus(life)), this.authority));
	}

	private X509Bundle issue(Function<Instant, X509Bundle> issuer) {
		return issuer.apply(this.clock.instant());
	}

	private final class Source implements TlsMaterialSource {

		@Override
		public TlsMaterial load() {
			return TestMaterials.this.content.get();
		}

		@Override
		public MaterialOrigin origin() {
			return new MaterialOrigin("file:tls.crt (secure-grpc.server.cert)", "file:tls.key (secure-grpc.server.key)",
					"file:ca.crt (secure-grpc.server.ca)");
		}

		@Override
		public boolean canChange() {
			return true;
		}

	}

}
