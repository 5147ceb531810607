package io.github.securegrpc.material.check;

import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What is presented is no more than peers of our kind take.
 */
class ChainSizeTests {

	private final X509Certificate leaf = TestCertificates.server(TestCertificates.authority("ca")).getCertificate();

	@Test
	void tenCertificatesArePresented() {
		assertThatNoException().isThrownBy(() -> ChainSize.check(Collections.nCopies(10, this.leaf), "cert"));
	}

	@Test
	void elevenAreNot() {
		refuses("cert presents 11 certificates (expected: 10 at most", Collections.nCopies(11, this.leaf));
	}

	@Test
	void longNameIsNot() {
		X509Certificate named = TestCertificates
			.issue((builder) -> builder
				.subject("CN=x" + ",OU=sixty-four-characters-of-a-unit-that-nobody-needs".repeat(60))
				.addSanDnsName("localhost"), TestCertificates.authority("ca"))
			.getCertificate();
		refuses("cert presents a name of ", List.of(named));
	}

	private static void refuses(String message, List<X509Certificate> chain) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> ChainSize.check(chain, "cert"))
			.withMessageStartingWith(message);
	}

}
