package io.github.securegrpc.engine;

import java.nio.file.Path;

import io.grpc.ManagedChannelProvider;
import io.grpc.ManagedChannelRegistry;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Channels that are not opened at all.
 */
class SecureChannelsRefusalTests {

	private Node node = new Node(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		X509Bundle authority = TestCertificates.authority("ca");
		this.node = new Node(directory).identity("secure-grpc.client", TestCertificates.client(authority))
			.ca("secure-grpc.client", authority);
	}

	@AfterEach
	void close() {
		this.node.close();
	}

	/* As from a jar with such a service. */
	@Test
	void builderThatHeedsNoCredentialsIsRefused() {
		SecureChannels channels = this.node.start().channels();
		ManagedChannelProvider careless = new CarelessProvider();
		ManagedChannelRegistry.getDefaultRegistry().register(careless);
		try {
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> channels.open("peers", "localhost:1"))
				.withMessageContaining("does not connect the way that was decided");
		}
		finally {
			ManagedChannelRegistry.getDefaultRegistry().deregister(careless);
		}
	}

	@Test
	void schemeOfAnEnginesPropertiesIsRefused() {
		SecureChannels channels = this.node.start().channels();
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> channels.open("peers", "static://localhost:1"))
			.withMessageContaining("the target of peers is static://localhost:1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "dns:///[::1]:7000", "dns:///local host:1", "::1", "a:b:c" })
	void targetThatGrpcJavaDoesNotTakeIsRefusedInWords(String target) {
		SecureChannels channels = this.node.start().channels();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> channels.open("peers", target))
			.withMessageContaining("the target of peers is " + target);
	}

	@Test
	void nothingIsOpenedOnceTheApplicationIsClosed() {
		SecureChannels channels = this.node.start().channels();
		this.node.close();
		assertThatIllegalStateException().isThrownBy(() -> channels.open("peers", "localhost:1"));
	}

}
