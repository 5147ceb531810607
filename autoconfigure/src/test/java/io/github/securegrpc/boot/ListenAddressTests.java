package io.github.securegrpc.boot;

import java.net.InetAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;

import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Where a server of Spring Boot's listens: nowhere but there.
 */
class ListenAddressTests {

	private final GrpcServerProperties properties = new GrpcServerProperties();

	@ParameterizedTest
	@ValueSource(ints = { -1, 65536 })
	void portThatIsNoneIsRefused(int port) {
		this.properties.setPort(port);
		assertThatThrownBy(() -> ListenAddress.of(this.properties)).isInstanceOf(RefusedException.class)
			.hasMessageContaining("spring.grpc.server.port is " + port);
	}

	@Test
	void portAndAddressAreThoseOfTheProperties() {
		this.properties.setPort(0);
		this.properties.setAddress(InetAddress.getLoopbackAddress());
		assertThat(ListenAddress.of(this.properties)).hasToString("127.0.0.1:0");
	}

}
