package io.github.securegrpc.actuate;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.peer.PeerRules;
import io.github.securegrpc.peer.rules.AuthorizationMode;
import io.github.securegrpc.peer.rules.AuthorizationProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether rules are enforced is said where operators look.
 */
@ExtendWith(OutputCaptureExtension.class)
class AuthorizationSaidTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final String SHADOW = "secure-grpc.authorization.mode is shadow: 2 rules are asked and not enforced";

	private static final String ENFORCED = "secure-grpc.authorization: 2 rules are enforced";

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.set("secure-grpc.truth-check.enabled", false)
			.set("spring.jmx.enabled", true)
			.set("management.endpoints.jmx.exposure.include", "*")
			.set("logging.level.io.github.securegrpc.peer", "info");
	}

	@Test
	void shadowModeIsAWarningAtStartAndShownInEndpointAndHealth(CapturedOutput output) {
		rules("shadow");
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(output.getOut().lines()).anyMatch((line) -> line.contains(" WARN ") && line.contains(SHADOW));
			assertThat(server(context))
				.extracting(CertificatesReport.Server::authorization, CertificatesReport.Server::rules)
				.containsExactly("shadow", 2);
			assertThat(health(context).getDetails()).containsEntry("authorization", "shadow, 2 rules");
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
		}
	}

	@Test
	void enforcedRulesAreALineAtStartAndShown(CapturedOutput output) {
		rules("enforce");
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(output.getOut().lines()).anyMatch((line) -> line.contains(" INFO ") && line.contains(ENFORCED));
			assertThat(output).doesNotContain("is shadow");
			assertThat(server(context))
				.extracting(CertificatesReport.Server::authorization, CertificatesReport.Server::rules)
				.containsExactly("enforce", 2);
			assertThat(health(context).getDetails()).containsEntry("authorization", "enforce, 2 rules");
		}
	}

	@Test
	void withoutRulesThatIsShown() {
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(server(context))
				.extracting(CertificatesReport.Server::authorization, CertificatesReport.Server::rules)
				.containsExactly("none", 0);
			assertThat(health(context).getDetails()).containsEntry("authorization", "none");
		}
	}

	@Test
	void plaintextServerShowsItToo(@TempDir Path directory) {
		this.application = new Application(directory).set("secure-grpc.server.plaintext", "loopback");
		rules("shadow");
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(health(context).getDetails()).containsEntry("mode", "plaintext-loopback")
				.containsEntry("authorization", "shadow, 2 rules");
		}
	}

	@Test
	void rulesThatAreReplacedAreSaidAnew(CapturedOutput output) {
		rules("enforce");
		try (ConfigurableApplicationContext context = this.application.start()) {
			AuthorizationProperties.Rule rule = new AuthorizationProperties.Rule(List.of("*"), List.of("any-peer"));
			context.getBean(PeerRules.class)
				.replace(new AuthorizationProperties(AuthorizationMode.SHADOW, List.of(rule, rule)));
			assertThat(output).contains(SHADOW)
				.contains("secure-grpc.authorization.rules[1].methods[0] (*) never decides");
			assertThat(health(context).getDetails()).containsEntry("authorization", "shadow, 2 rules");
		}
	}

	@Test
	void partsOfRulesThatSayNothingAreWarnedOfAtStart(CapturedOutput output) {
		this.application.set("secure-grpc.authorization.rules[0].methods", "*")
			.set("secure-grpc.authorization.rules[0].allow[0]", "dns:teller.example.com")
			.set("secure-grpc.authorization.rules[0].allow[1]", "any-peer")
			.set("secure-grpc.authorization.rules[1].methods", "grpc.health.v1.Health/*")
			.set("secure-grpc.authorization.rules[1].allow", "anyone");
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(context.isRunning()).isTrue();
			assertThat(output)
				.contains("secure-grpc.authorization.rules[0].allow[0] (dns:teller.example.com) allows nobody whom "
						+ "secure-grpc.authorization.rules[0].allow[1] (any-peer) does not allow anyway. Remove it")
				.contains("secure-grpc.authorization.rules[1].methods[0] (grpc.health.v1.Health/*) never decides: "
						+ "secure-grpc.authorization.rules[0].methods[0] (*) does before. Remove it");
		}
	}

	private void rules(String mode) {
		this.application.set("secure-grpc.authorization.mode", mode)
			.set("secure-grpc.authorization.rules[0].methods", "grpc.health.v1.Health/*")
			.set("secure-grpc.authorization.rules[0].allow", "anyone")
			.set("secure-grpc.authorization.rules[1].methods", "*")
			.set("secure-grpc.authorization.rules[1].allow", "any-peer");
	}

	private static CertificatesReport.Server server(ConfigurableApplicationContext context) {
		return Objects.requireNonNull(context.getBean(GrpcCertificatesEndpoint.class).certificates().server());
	}

	private static Health health(ConfigurableApplicationContext context) {
		CertificatesHealthContributor health = context.getBean(CertificatesHealthContributor.class);
		return Objects
			.requireNonNull(((HealthIndicator) Objects.requireNonNull(health.getContributor("server"))).health());
	}

}
