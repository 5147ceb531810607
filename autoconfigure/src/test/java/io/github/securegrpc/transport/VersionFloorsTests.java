package io.github.securegrpc.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class VersionFloorsTests {

	@ParameterizedTest
	@CsvSource({ "1.83.0,1.83.1", "1.80.0,1.83.1", "4.2.16.Final,4.2.17", "4.1.136.Final,4.1.137" })
	void olderVersionIsBelow(String found, String floor) {
		assertThat(VersionFloors.isBelow(found, floor)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "1.83.1,1.83.1", "1.100.0,1.83.1", "4.2.17.Final,4.2.17", "5.0.0,4.2.17" })
	void sameOrNewerVersionIsNot(String found, String floor) {
		assertThat(VersionFloors.isBelow(found, floor)).isFalse();
	}

	@Test
	void versionsOfThisBuildPass() {
		assertThat(NettyServerBuilder.class.getPackage().getImplementationVersion()).isNotNull();
		assertThatNoException().isThrownBy(() -> {
			VersionFloors.checkGrpc(NettyServerBuilder.class);
			VersionFloors.checkGrpc(io.grpc.netty.NettyServerBuilder.class);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.82.4", "1.83.1", "1.84.0" })
	void lineThatWasMendedPasses(String version) throws ClassNotFoundException {
		Class<?> builder = Class.forName(NettyServerBuilder.class.getName(), false, new OtherTransport(version));
		assertThatNoException().isThrownBy(() -> VersionFloors.checkGrpc(builder));
	}

	@ParameterizedTest
	@CsvSource({ "1.82.3, 1.82.4", "1.83.0, 1.83.1", "1.80.0, 1.83.1" })
	void oldTransportBesideANewApiIsRefused(String version, String floor) throws ClassNotFoundException {
		Class<?> builder = Class.forName(NettyServerBuilder.class.getName(), false, new OtherTransport(version));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> VersionFloors.checkGrpc(builder))
			.withMessageStartingWith(
					"grpc-java %s carries the connections (expected: %s or later".formatted(version, floor))
			.satisfies((ex) -> assertThat(ex.action()).contains("secure-grpc-bom").contains("grpc-java.version"));
	}

	/** Has the transport of this build under another version. */
	private static final class OtherTransport extends ClassLoader {

		private final String version;

		private OtherTransport(String version) {
			super(VersionFloorsTests.class.getClassLoader());
			this.version = version;
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.equals(NettyServerBuilder.class.getName())) {
				return super.loadClass(name, resolve);
			}
			definePackage(NettyServerBuilder.class.getPackageName(), null, null, null, null, this.version, null, null);
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
