package io.github.securegrpc.peer;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.github.securegrpc.MutableClock;
import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.ValidationMode;
import io.github.securegrpc.validation.TrustRules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What is written of denials and first calls, and how often.
 */
class AuditLogTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.securegrpc.audit");

	private final ListAppender<ILoggingEvent> events = new ListAppender<>();

	private final MutableClock clock = new MutableClock();

	private final AuditLog audit = new AuditLog(Audit.ALL, this.clock);

	@BeforeEach
	void listen() {
		this.logger.setLevel(Level.INFO);
		this.events.start();
		this.logger.addAppender(this.events);
	}

	@AfterEach
	void leave() {
		this.logger.detachAppender(this.events);
		this.logger.setLevel(null);
	}

	@Test
	void howManyDenialsWereNotWrittenIsSaidAtTheEnd() {
		for (int port = 1; port <= 25; port++) {
			deny(new Denial.Caller(null, address("192.0.2.1", port)));
		}
		this.audit.close();
		assertThat(this.events.list).hasSize(11);
		assertThat(omitted(this.events.list.get(10))).isEqualTo(15L);
	}

	@Test
	void denialsOfAPeerAreWrittenTenTimesInTenSecondsAndThenHowManyWereNot() {
		PeerIdentity peer = new PeerIdentity(
				List.of(TestCertificates.client(TestCertificates.authority("ca")).getCertificate()));
		for (int port = 1; port <= 25; port++) {
			deny(new Denial.Caller(peer, address("192.0.2.1", port)));
		}
		assertThat(this.events.list).as("from whatever address").hasSize(10);
		deny(new Denial.Caller(null, address("192.0.2.1", 1)));
		assertThat(this.events.list).as("another peer").hasSize(11);
		this.clock.advance(Duration.ofSeconds(10));
		deny(new Denial.Caller(peer, address("192.0.2.2", 1)));
		assertThat(this.events.list.get(11).getFormattedMessage())
			.startsWith("Denials to peers with a certificate: 15 more were not logged");
		assertThat(omitted(this.events.list.get(11))).isEqualTo(15L);
		assertThat(this.events.list.get(12).getFormattedMessage())
			.isEqualTo("Denied a.B/C to dns:client (192.0.2.2:1): the test");
		assertThat(this.events.list).hasSize(13);
	}

	@Test
	void strangersHideNoDenialOfAKnownPeer() {
		for (int i = 0; i < 3_000; i++) {
			deny(new Denial.Caller(null, address("10.0.%d.%d".formatted(i / 250, i % 250), 1)));
		}
		assertThat(this.events.list).hasSize(50);
		PeerIdentity peer = new PeerIdentity(
				List.of(TestCertificates.client(TestCertificates.authority("ca")).getCertificate()));
		deny(new Denial.Caller(peer, address("10.0.1.1", 1)));
		assertThat(this.events.list).hasSize(51);
	}

	@Test
	void nothingThatAPeerInventsIsALineOfItsOwn() {
		this.audit.denied(
				new Denial(Denial.Reason.NO_CERTIFICATE, "a.B/C\r\n2026-11-26 WARN forged\u001b[2J" + "x".repeat(5_000),
						new Denial.Caller(null, address("192.0.2.1", 1)), "the test", true));
		this.audit.firstCall("a.B/C\nforged", new Denial.Caller(null, address("192.0.2.1", 1)));
		assertThat(this.events.list).hasSize(2)
			.allSatisfy((event) -> assertThat(event.getFormattedMessage()).doesNotContain("\n", "\r", "\u001b")
				.hasSizeLessThan(500))
			.allSatisfy((event) -> assertThat(event.getKeyValuePairs())
				.allSatisfy((pair) -> assertThat(String.valueOf(pair.value)).doesNotContain("\n", "\r")));
	}

	@Test
	void peersWithoutACertificateAreCountedByTheirAddress() {
		for (int port = 1; port <= 11; port++) {
			deny(new Denial.Caller(null, address("192.0.2.1", port)));
			deny(new Denial.Caller(null, address("192.0.2.2", port)));
		}
		assertThat(this.events.list).hasSize(20);
	}

	@Test
	void firstCallOfAConnectionWithoutACertificateIsWritten() {
		TrustInForce trust = new TrustInForce(new TrustRules(ValidationMode.STRICT, Set.of(), this.clock), "the test",
				(changed) -> {
				});
		PeerConnection connection = new PeerConnection(new Denial.Caller(null, address("192.0.2.1", 1)),
				trust.current(), null, () -> {
				});
		PeerInterceptor interceptor = new PeerInterceptor(new CallRules(Optional::empty, false), trust,
				new Denials(List::of, this.audit), this.clock);
		Attributes attributes = Attributes.newBuilder().set(PeerConnection.KEY, connection).build();
		for (int i = 0; i < 2; i++) {
			interceptor.interceptCall(new RecordedCall(attributes, new ArrayList<>()), new Metadata(),
					(call, headers) -> new ServerCall.Listener<>() {
					});
		}
		assertThat(this.events.list).singleElement().satisfies((event) -> {
			assertThat(event.getFormattedMessage())
				.isEqualTo("a peer without a certificate (192.0.2.1:1) calls a.B/C, the first time on its connection");
			assertThat(event.getKeyValuePairs()).extracting((pair) -> pair.key, (pair) -> pair.value)
				.containsExactly(tuple("event", "peer.first-call"), tuple("method", "a.B/C"),
						tuple("peer", "a peer without a certificate"), tuple("address", "192.0.2.1:1"));
		});
	}

	private void deny(Denial.Caller caller) {
		this.audit.denied(new Denial(Denial.Reason.NO_RULE, "a.B/C", caller, "the test", true));
	}

	private static Object omitted(ILoggingEvent event) {
		return event.getKeyValuePairs()
			.stream()
			.filter((pair) -> pair.key.equals("omitted"))
			.findFirst()
			.orElseThrow().value;
	}

	private static SocketAddress address(String host, int port) {
		return new InetSocketAddress(host, port);
	}

}
