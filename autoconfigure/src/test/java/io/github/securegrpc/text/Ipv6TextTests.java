package io.github.securegrpc.text;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The short form of addresses.
 */
class Ipv6TextTests {

	@ParameterizedTest
	@ValueSource(strings = { "::1", "::", "2001:db8::1", "2001:db8::", "fe80::1:0:2:3", "1:0:2:0:3:0:4:0",
			"1::2:3:0:0:4", "0:1:2:3:4:5:6:7", "10:100::1000:0:0:1", "127.0.0.1", "0.0.0.0" })
	void isShort(String address) throws UnknownHostException {
		assertThat(Ipv6Text.shorten(InetAddress.getByName(address).getHostAddress())).isEqualTo(address);
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "a0:0", "" })
	void whatIsNoAddressStays(String text) {
		assertThat(Ipv6Text.shorten(text)).isEqualTo(text);
	}

}
