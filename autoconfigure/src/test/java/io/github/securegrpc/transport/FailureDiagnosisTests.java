package io.github.securegrpc.transport;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The name of a failure that no handshake of a test can provoke: a clock that goes back.
 */
class FailureDiagnosisTests {

	@Test
	void resumedSessionIsRefusedByTheRightName() {
		assertThat(FailureDiagnosis.of(new CertificateExpiredException("then"), "it").result())
			.isEqualTo(HandshakeResult.CERTIFICATE_EXPIRED);
		assertThat(FailureDiagnosis.of(new CertificateNotYetValidException("then"), "it").result())
			.isEqualTo(HandshakeResult.CERTIFICATE_NOT_YET_VALID);
	}

}
