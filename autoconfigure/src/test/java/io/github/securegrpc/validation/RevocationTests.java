package io.github.securegrpc.validation;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.TestCrl;
import io.github.securegrpc.material.CrlPolicy;
import io.github.securegrpc.material.RevocationLists;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is remembered of those who may have signed a list.
 */
class RevocationTests {

	@Test
	void namesakesOfAnAuthorityDoNotFillTheMemory() throws Exception {
		X509Bundle authority = TestCertificates.authority("ca");
		X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509")
			.generateCRL(new ByteArrayInputStream(TestCrl.of(authority).der()));
		Revocation revocation = new Revocation(new RevocationLists(List.of(list), CrlPolicy.LENIENT),
				Clock.systemUTC());
		X509Certificate client = TestCertificates.client(authority).getCertificate();
		for (int i = 0; i < 40; i++) {
			revocation.check(client, List.of(TestCertificates.authority("ca").getCertificate()));
		}
		assertThat(revocation.remembered()).isEqualTo(16);
	}

}
