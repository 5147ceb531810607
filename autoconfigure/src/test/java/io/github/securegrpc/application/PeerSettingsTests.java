package io.github.securegrpc.application;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.Fingerprint;
import io.github.securegrpc.peer.Denial;
import io.github.securegrpc.peer.DenialListener;
import io.github.securegrpc.peer.PeerIdentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What is said of rules at start, of denials, and what stays without any rules.
 */
@ExtendWith(OutputCaptureExtension.class)
class PeerSettingsTests {

	private static final String AUTHORIZATION = "secure-grpc.authorization.";

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle CLIENT = TestCertificates.client(CA);

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).with(WhoCalls.class)
			.with(Told.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"rules[0].methods=* | rules[0].allow=dns:a | rules[1].methods=* | rules[1].allow[0]=dns:b | rules[1].allow[1]=cn:c | secure-grpc.authorization.rules[1].allow[1]: 'cn:c' names no peer",
			"rules[0].methods=a | rules[0].allow=anyone | mode=shadow | mode=shadow | mode=shadow | secure-grpc.authorization.rules[0].methods[0]: 'a' names no method",
			"mode=enforce | mode=enforce | mode=enforce | mode=enforce | mode=enforce | is set without any rule",
			"rules[0].methods=* | mode=enforce | mode=enforce | mode=enforce | mode=enforce | secure-grpc.authorization.rules[0].allow is empty",
			"rules[0].methods=* | rules[0].allow=anyone | rules[0].alow=anyone | mode=enforce | mode=enforce | secure-grpc.authorization.rules[0].alow is not a property",
			"rule[0].methods=* | mode=enforce | mode=enforce | mode=enforce | mode=enforce | is not a property" })
	void brokenRulesDoNotStart(String first, String second, String third, String fourth, String fifth, String reason) {
		for (String property : List.of(first, second, third, fourth, fifth)) {
			int equals = property.indexOf('=');
			set(property.substring(0, equals), property.substring(equals + 1));
		}
		assertThatThrownBy(this.application::start).hasStackTraceContaining(reason);
	}

	@Test
	void withoutRulesAnyPeerThatClientAuthAdmitsMayCallAndIsKnown() {
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), CLIENT);
				Peer nobody = new Peer(this.application.port(), null)) {
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> nobody.ask("Dns"));
			assertThat(peer.ask("Dns")).isEqualTo("dns:client");
			assertThat(context.getBean(Told.class).seen).containsExactly("dns:client");
		}
	}

	@Test
	void deniedCallReachesNoInterceptorOfTheApplication(CapturedOutput output) {
		rule(0, "test.Who/Dns", "dns:other");
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), CLIENT)) {
			for (int i = 0; i < 50; i++) {
				assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> peer.ask("Dns"));
			}
			Told told = context.getBean(Told.class);
			assertThat(told.seen).isEmpty();
			Awaitility.await().untilAsserted(() -> assertThat(told.denials).hasSize(50));
			assertThat(told.denials).allSatisfy((denial) -> {
				assertThat(denial.reason()).isEqualTo(Denial.Reason.NO_RULE);
				assertThat(denial.reason().label()).isEqualTo("no_rule");
				assertThat(denial.method()).isEqualTo("test.Who/Dns");
				assertThat(denial.enforced()).isTrue();
			});
			assertThat(output.getAll()
				.lines()
				.filter((line) -> line.contains("Denied test.Who/Dns to dns:client (127.0.0.1:")
						&& line.endsWith("secure-grpc.authorization.rules[0] does not allow it")))
				.hasSize(10);
		}
	}

	@Test
	void shadowModeServesAndSaysWhatItWouldDeny(CapturedOutput output) {
		set("mode", "shadow");
		rule(0, "test.Who/Dns", "dns:other");
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), CLIENT)) {
			assertThat(peer.ask("Dns")).isEqualTo("dns:client");
			assertThat(peer.ask("Admin")).isEqualTo("dns:client");
			assertThat(output).contains("Would deny test.Who/Dns to dns:client")
				.contains("no rule of secure-grpc.authorization names the method");
			List<Denial> denials = context.getBean(Told.class).denials;
			Awaitility.await().untilAsserted(() -> assertThat(denials).hasSize(2));
			assertThat(denials).noneMatch(Denial::enforced);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "denials" })
	void firstCallsAreAuditedOnRequestOnly(String audit, CapturedOutput output) {
		this.application.set("logging.level.io.github.securegrpc.audit", "info");
		if (!audit.isEmpty()) {
			this.application.set("secure-grpc.audit", audit);
		}
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), CLIENT)) {
			assertThat(context.isRunning()).isTrue();
			peer.ask("Dns");
			assertThat(output).doesNotContain("calls test.Who/Dns");
		}
	}

	@Test
	void firstCallOfAConnectionIsAuditedOnRequest() {
		this.application.set("logging.level.io.github.securegrpc.audit", "info").set("secure-grpc.audit", "all");
		ListAppender<ILoggingEvent> events = new ListAppender<>();
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), CLIENT)) {
			assertThat(context.isRunning()).isTrue();
			events.start();
			((Logger) LoggerFactory.getLogger("io.github.securegrpc.audit")).addAppender(events);
			peer.ask("Dns");
			peer.ask("Admin");
			assertThat(events.list).singleElement().satisfies((event) -> {
				assertThat(event.getFormattedMessage()).startsWith("dns:client (127.0.0.1:")
					.endsWith("calls test.Who/Dns, the first time on its connection");
				assertThat(event.getKeyValuePairs()).extracting((pair) -> pair.key, (pair) -> pair.value)
					.contains(tuple("event", "peer.first-call"), tuple("method", "test.Who/Dns"),
							tuple("peer", "dns:client"), tuple("fingerprint", Fingerprint.of(CLIENT.getCertificate())));
			});
		}
	}

	@Test
	void ruleForAMethodThatTheServerDoesNotHaveIsWarnedOf(CapturedOutput output) {
		rule(0, "test.Who/Dsn", "dns:other");
		rule(1, "grpc.health.v1.Health/*", "anyone");
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(context.isRunning()).isTrue();
			assertThat(output).contains("secure-grpc.authorization.rules[0].methods names test.Who/Dsn")
				.contains("Did you mean test.Who/Dns?")
				.doesNotContain("rules[1]");
		}
	}

	@Test
	void plaintextHasNoPeersAndRulesHold(@TempDir Path directory, CapturedOutput output) {
		this.application = new Application(directory).with(WhoCalls.class)
			.set("secure-grpc.server.plaintext", "loopback")
			.set("secure-grpc.client.plaintext", "loopback")
			.channel("it");
		rule(0, "test.Who/*", "any-peer");
		rule(1, "grpc.health.v1.Health/*", "anyone");
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(output).contains("asks no client for a certificate");
			TestApplication.call(context, "it");
			io.grpc.ManagedChannel plain = io.grpc.ManagedChannelBuilder
				.forAddress("127.0.0.1", this.application.port())
				.usePlaintext()
				.build();
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> WhoCalls.ask(plain, "Dns"))
				.withMessageStartingWith("UNAUTHENTICATED");
			plain.shutdownNow();
		}
	}

	@Test
	void peerIsInTheLoggingContextOnRequest() {
		this.application.set("secure-grpc.peer.mdc", true);
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), CLIENT)) {
			assertThat(peer.ask("Dns")).isEqualTo("dns:client");
			assertThat(context.getBean(Told.class).logged).containsExactly("dns:client");
			assertThat(MDC.get("peer")).isNull();
		}
	}

	private void rule(int index, String methods, String allow) {
		set("rules[%d].methods".formatted(index), methods);
		set("rules[%d].allow".formatted(index), allow);
	}

	private void set(String name, String value) {
		this.application.set(AUTHORIZATION + name, value);
	}

	/** An interceptor that wants to be first, and a listener. */
	@GlobalInterceptor
	@Order(Ordered.HIGHEST_PRECEDENCE)
	static class Told implements ServerInterceptor, DenialListener {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		final List<String> logged = new CopyOnWriteArrayList<>();

		private final List<Denial> denials = new CopyOnWriteArrayList<>();

		@Override
		public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
				ServerCallHandler<Q, A> next) {
			this.seen.add(PeerIdentity.current().map(PeerIdentity::name).orElse("nobody"));
			this.logged.add(String.valueOf(MDC.get("peer")));
			return next.startCall(call, headers);
		}

		@Override
		public void denied(Denial denial) {
			this.denials.add(denial);
			throw new IllegalStateException("a listener that fails");
		}

	}

}
