package io.github.securegrpc.material.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.material.ValidationMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A Kubernetes volume that is swapped while it is read.
 */
class ConfiguredMaterialSourceTests {

	private Path mount = Path.of("");

	private int state;

	private X509Bundle authority = TestCertificates.authority("ca");

	@BeforeEach
	void mount(@TempDir Path directory) throws IOException {
		this.mount = directory;
		swap();
		for (String name : List.of("tls.crt", "tls.key", "ca.crt")) {
			Files.createSymbolicLink(directory.resolve(name), Path.of("..data", name));
		}
	}

	@Test
	void readBeginsAnewUntilAllFilesAreOfOneState() throws Exception {
		TlsMaterial material = source(30).load();
		assertThat(this.state).isEqualTo(31);
		Identity identity = Objects.requireNonNull(material.identity());
		assertThat(Objects.requireNonNull(material.trustAnchors()).certificates())
			.containsExactly(this.authority.getCertificate());
		identity.leaf().verify(this.authority.getKeyPair().getPublic());
	}

	@Test
	void volumeThatIsNeverAtRestIsRefused() {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(source(1_000)::load)
			.withMessageContaining("ca.crt (secure-grpc.ca) does not exist");
		assertThat(this.state).isLessThan(100);
	}

	@Test
	void fileThatTheStateLacksIsRefused() throws IOException {
		Files.delete(this.mount.resolve("..data").resolve("ca.crt"));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(source(0)::load)
			.withMessageContaining("ca.crt (secure-grpc.ca) does not exist");
	}

	/* Swaps so often between its reads of the certificate and of the trust anchors. */
	private ConfiguredMaterialSource source(int swaps) {
		MaterialLevel level = new MaterialLevel("secure-grpc", this.mount.resolve("tls.crt").toString(),
				this.mount.resolve("tls.key").toString(), null, this.mount.resolve("ca.crt").toString(), null, null,
				null);
		FilePart<TrustAnchors> anchors = new FilePart<>(
				new PemTrustAnchors(Location.of(level, "ca", level.ca()), new AnchorSelection(ValidationMode.STRICT)));
		MaterialPart<TrustAnchors> swapping = new MaterialPart<>() {

			private int left = swaps;

			@Override
			public TrustAnchors load(LocationReader reader) {
				if (this.left-- > 0) {
					swap();
				}
				return anchors.load(reader);
			}

			@Override
			public boolean canChange() {
				return true;
			}

			@Override
			public Set<Path> directories() {
				return anchors.directories();
			}

		};
		return new ConfiguredMaterialSource(new FilePart<>(new PemIdentity(level)), swapping,
				new FallbackPart<>(null, TlsMaterial::revocationLists), new MaterialOrigin(null, null, null));
	}

	/* As kubelet does: a new directory, one rename of the link, and the old is gone. */
	private void swap() {
		this.state++;
		this.authority = TestCertificates.authority("ca");
		X509Bundle leaf = TestCertificates.server(this.authority);
		try {
			Path next = Files.createDirectory(this.mount.resolve("..state-" + this.state));
			TestCertificates.write(next.resolve("tls.crt"), TestCertificates.pem(leaf.getCertificate()));
			TestCertificates.write(next.resolve("tls.key"), TestCertificates.pem(leaf.getKeyPair().getPrivate()));
			TestCertificates.write(next.resolve("ca.crt"), TestCertificates.pem(this.authority.getCertificate()));
			Path link = Files.createSymbolicLink(this.mount.resolve("..data_tmp"), next.getFileName());
			Files.move(link, this.mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE,
					StandardCopyOption.REPLACE_EXISTING);
			FileSystemUtils.deleteRecursively(this.mount.resolve("..state-" + (this.state - 1)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
