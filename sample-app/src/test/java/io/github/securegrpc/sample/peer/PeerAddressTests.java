package io.github.securegrpc.sample.peer;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is an address, and which addresses are the same.
 */
class PeerAddressTests {

	@ParameterizedTest
	@CsvSource({ "127.0.0.1:6666,127.0.0.1:6666", "Node7.Example.COM:1,node7.example.com:1",
			"localhost:65535,localhost:65535", "dns:1,dns:1", "[::1]:7000,[0:0:0:0:0:0:0:1]:7000",
			"[2001:DB8::A]:1,[2001:db8:0:0:0:0:0:a]:1", "[::ffff:127.0.0.1]:7000,127.0.0.1:7000",
			"3com.com:1,3com.com:1", "xn--bcher-kva.example:1,xn--bcher-kva.example:1" })
	void addressHasOneSpelling(String text, String spelling) {
		assertThat(PeerAddress.parse(text)).hasValueSatisfying((address) -> {
			assertThat(address).hasToString(spelling);
			ManagedChannel channel = Grpc.newChannelBuilder(address.target(), InsecureChannelCredentials.create())
				.build();
			assertThat(channel.authority()).isEqualTo(spelling);
			channel.shutdownNow();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:01", "127.0.0.1:65536",
			"127.0.0.1:99999999999", "127.0.0.1:-1", "127.0.0.01:1", "127.1:1", "2130706433:1", "0x7f.0.0.1:1",
			"256.0.0.1:1", "0.0.0.0:1", "[::]:1", "[::0.0.0.0]:1", "224.0.0.1:1", "[ff02::1]:1", "1.2.3.4.5:1",
			"::1:7000", "[::1]", "[::1%lo]:1", "[:]:1", "[1::2::3]:1", "[127.0.0.1]:1", "-a.example:1", "a-.example:1",
			"a..example:1", ".example:1", "example.:1", "a_b.example:1", "bücher.example:1", "*.example.com:1", "a/b:1",
			"dns:///a:1", "unix:/tmp/s", "a:1 ", " a:1", "a:1\n", "a\r\n:1", "user@a:1" })
	void anythingElseIsNone(String text) {
		assertThat(PeerAddress.parse(text)).isEmpty();
	}

	@Test
	void nameOfACertificateIsNoAddress() {
		assertThat(PeerAddress.name("127.0.0.1")).isNull();
		assertThat(PeerAddress.literal("localhost")).isNull();
	}

}
