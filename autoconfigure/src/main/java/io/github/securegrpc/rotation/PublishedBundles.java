package io.github.securegrpc.rotation;

import java.util.function.Supplier;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;

/**
 * Publishes the generation in force of each material as a bundle of Spring Boot's,
 * {@code secure-grpc-server}, {@code secure-grpc-client} and so on, so that whatever
 * takes a bundle, such as a web server or Boot's own ssl health, has what gRPC has.
 */
record PublishedBundles(Supplier<SslBundleRegistry> registry) implements RotationListener {

	@Override
	public void loaded(RotatingMaterial material) {
		String name = name(material.name());
		try {
			this.registry.get().registerBundle(name, bundle(material.current().material()));
		}
		catch (IllegalStateException ex) {
			throw new RefusedException(
					"the bundle '%s' exists already, but it is the name under which %s is published".formatted(name,
							material.name()),
					"Rename spring.ssl.bundle.*.%s, or one of two channels whose names differ only in a dot and a dash."
						.formatted(name),
					ex);
		}
	}

	@Override
	public void rotated(MaterialRotated event) {
		this.registry.get().updateBundle(name(event.material()), bundle(event.generation().material()));
	}

	private static String name(String material) {
		return "secure-grpc-" + material.replace('.', '-');
	}

	private static SslBundle bundle(TlsMaterial material) {
		Identity identity = material.identity();
		TrustAnchors anchors = material.trustAnchors();
		if (identity == null && anchors == null) {
			return SslBundle.of(SslStoreBundle.NONE);
		}
		return SslBundle.of(new PemSslStoreBundle(
				(identity != null) ? PemSslStore.of(identity.chain(), identity.privateKey()) : null,
				(anchors != null) ? PemSslStore.of(anchors.certificates(), null) : null));
	}

}
