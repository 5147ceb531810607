package io.github.securegrpc.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class VersionFloorsTests {

	private static final String UNSHADED = "META-INF/io.netty.versions.properties";

	private static final String SHADED = "META-INF/io.grpc.netty.shaded.io.netty.versions.properties";

	@ParameterizedTest
	@CsvSource({ "1.83.0,1.83.1", "1.80.0,1.83.1", "4.2.16.Final,4.2.17", "4.1.136.Final,4.1.137" })
	void olderVersionIsRefusedWithTheOneWanted(String found, String floor) {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> VersionFloors.check("library", found, floor, "property"))
			.withMessageContaining(found)
			.withMessageContaining(floor);
	}

	@ParameterizedTest
	@CsvSource({ "1.83.1,1.83.1", "1.100.0,1.83.1", "4.2.17.Final,4.2.17", "5.0.0,4.2.17" })
	void sameOrNewerVersionPasses(String found, String floor) {
		assertThatNoException().isThrownBy(() -> VersionFloors.check("library", found, floor, "property"));
	}

	@Test
	void versionsOfThisBuildPass() {
		assertThat(NettyServerBuilder.class.getPackage().getImplementationVersion()).isNotNull();
		assertThatNoException().isThrownBy(() -> {
			VersionFloors.checkGrpc(NettyServerBuilder.class);
			VersionFloors.checkGrpc(io.grpc.netty.NettyServerBuilder.class);
			VersionFloors.checkNetty(getClass().getClassLoader(), UNSHADED);
			VersionFloors.checkNetty(getClass().getClassLoader(), SHADED);
		});
	}

	@Test
	void oldTransportBesideANewApiIsRefused() throws ClassNotFoundException {
		Class<?> builder = Class.forName(NettyServerBuilder.class.getName(), false, new OldTransport());
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> VersionFloors.checkGrpc(builder))
			.withMessage("grpc-java 1.82.0 is on the class path (expected: 1.83.1 or later)");
	}

	@ParameterizedTest
	@ValueSource(strings = { UNSHADED, SHADED })
	void oldNettyOnTheClassPathIsRefused(String file, @TempDir Path directory) throws IOException {
		Path versions = directory.resolve(file);
		Files.createDirectories(versions.getParent());
		Files.writeString(versions, "netty-common.version=4.2.16.Final\n");
		try (URLClassLoader loader = new URLClassLoader(new URL[] { directory.toUri().toURL() },
				getClass().getClassLoader())) {
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> VersionFloors.checkNetty(loader, file))
				.withMessage("Netty 4.2.16.Final is on the class path (expected: 4.2.17 or later)");
		}
	}

	/** Has the transport of this build under another version. */
	private static final class OldTransport extends ClassLoader {

		private OldTransport() {
			super(VersionFloorsTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.equals(NettyServerBuilder.class.getName())) {
				return super.loadClass(name, resolve);
			}
			definePackage(NettyServerBuilder.class.getPackageName(), null, null, null, null, "1.82.0", null, null);
			try (InputStream stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] code = Objects.requireNonNull(stream).readAllBytes();
				return defineClass(name, code, 0, code.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
