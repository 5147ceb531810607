package io.github.securegrpc.boot;

import java.nio.file.Path;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.FilteredClassLoader;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.PeerRoles;
import io.github.securegrpc.application.StartGuards;
import io.github.securegrpc.application.TestEngine;
import io.github.securegrpc.application.WhoCalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What Spring Security needs on Spring Boot's own gRPC.
 */
class BootPeerSecurityTests {

	@Test
	void authoritiesWithoutWhatSpringGrpcAsksThemWithDoNotStart(@TempDir Path directory) {
		X509Bundle authority = TestCertificates.authority("ca");
		Application application = new Application(directory).on(TestEngine.BOOT)
			.with(WhoCalls.class)
			.with(PeerRoles.class)
			.identity("secure-grpc.server", TestCertificates.server(authority))
			.ca("secure-grpc.server", authority);
		assertThatThrownBy(
				() -> application.start(new FilteredClassLoader("org.springframework.security.config")).close())
			.satisfies((ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining("[peerAuthorities]")
				.hasMessageContaining("spring-security-config"));
	}

}
