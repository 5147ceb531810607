package io.github.securegrpc.material.check;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.TrustAnchors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PublicRoots}.
 */
class PublicRootsTests {

	private final X509Certificate own = certificate("own");

	private final X509Certificate added = certificate("added");

	private final X509Certificate first = certificate("first");

	private final X509Certificate second = certificate("second");

	private final X509Certificate third = certificate("third");

	private final Path file;

	PublicRootsTests(@TempDir Path directory) {
		this.file = directory.resolve("cacerts");
	}

	@Test
	void oneThatTheJdkMarksIsEnough() throws Exception {
		PublicRoots roots = store("company", this.added, "first [jdk]", this.first, "second [jdk]", this.second);
		assertThat(roots.among(anchors(this.own, this.first))).containsExactly(this.first);
		assertThat(roots.among(anchors(this.own, this.added))).isEmpty();
	}

	@Test
	void moreThanACoupleAreNeededWhereNoneIsMarked() throws Exception {
		PublicRoots roots = store("company", this.added, "debian:first.pem", this.first, "debian:second.pem",
				this.second, "debian:third.pem", this.third);
		assertThat(roots.among(anchors(this.own, this.added, this.first))).isEmpty();
		assertThat(roots.among(anchors(this.first, this.second, this.own, this.third))).containsExactly(this.first,
				this.second, this.third);
	}

	@Test
	void withoutTheFileNothingIsPublic() {
		assertThat(PublicRoots.of(this.file.toFile()).among(anchors(this.first))).isEmpty();
	}

	private PublicRoots store(Object... entries) throws Exception {
		KeyStore store = KeyStore.getInstance("JKS");
		store.load(null, null);
		for (int i = 0; i < entries.length; i += 2) {
			store.setCertificateEntry((String) entries[i], (X509Certificate) entries[i + 1]);
		}
		try (OutputStream out = Files.newOutputStream(this.file)) {
			store.store(out, "changeit".toCharArray());
		}
		return PublicRoots.of(this.file.toFile());
	}

	private static X509Certificate certificate(String name) {
		return TestCertificates.authority(name).getCertificate();
	}

	private static TrustAnchors anchors(X509Certificate... certificates) {
		return new TrustAnchors(Arrays.asList(certificates));
	}

}
