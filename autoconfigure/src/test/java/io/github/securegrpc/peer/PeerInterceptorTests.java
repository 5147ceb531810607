package io.github.securegrpc.peer;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.material.ValidationMode;
import io.github.securegrpc.rotation.Generation;
import io.github.securegrpc.validation.TrustRules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What happens between two steps of a call.
 */
class PeerInterceptorTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle CLIENT = TestCertificates.client(CA);

	private final List<Denial> told = new ArrayList<>();

	private final List<Status> closed = new ArrayList<>();

	private Runnable meanwhile = () -> {
	};

	private Instant now = CLIENT.getCertificate().getNotBefore().toInstant();

	private final Clock clock = new Clock() {

		@Override
		public Instant instant() {
			PeerInterceptorTests.this.meanwhile.run();
			return PeerInterceptorTests.this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	};

	private final TrustInForce trust = new TrustInForce(
			new TrustRules(ValidationMode.PLATFORM, Set.of(), Clock.systemUTC()), "the test", (changed) -> {
			});

	private final Denials denials = new Denials(() -> List.of((ImmediateDenialListener) (denial) -> {
		assertThat(this.closed).as("what the peer has heard").isEmpty();
		this.told.add(denial);
	}), new AuditLog(Audit.DENIALS, Clock.systemUTC()));

	private final PeerInterceptor interceptor = new PeerInterceptor(new CallRules(Optional::empty, false), this.trust,
			this.denials, this.clock);

	private final PeerConnection connection;

	PeerInterceptorTests() {
		TrustAnchors anchors = new TrustAnchors(List.of(CA.getCertificate()));
		this.trust.prepare(new Generation(1, new TlsMaterial(null, anchors), this.now)).take();
		this.connection = new PeerConnection(
				new Denial.Caller(new PeerIdentity(List.of(CLIENT.getCertificate())), null), this.trust.current(), null,
				() -> {
				});
	}

	@Test
	void denialIsToldBeforeThePeerHearsOfIt() {
		this.now = CLIENT.getCertificate().getNotAfter().toInstant().plusSeconds(1);
		call((call, headers) -> {
			throw new AssertionError("the application was reached");
		});
		assertThat(this.told).hasSize(1);
		assertThat(this.closed).hasSize(1);
	}

	@Test
	void callThatIsEndedWhileItIsDeniedIsClosedOnce() {
		this.now = CLIENT.getCertificate().getNotAfter().toInstant().plusSeconds(1);
		this.meanwhile = this::endAll;
		call((call, headers) -> {
			throw new AssertionError("the application was reached");
		});
		assertThat(this.closed).hasSize(1);
		assertThat(this.told).extracting(Denial::reason).containsExactly(Denial.Reason.UNTRUSTED);
		assertThat(this.connection.calls()).isEmpty();
	}

	@Test
	void callThatIsEndedBeforeTheApplicationHasItIsHeardOfAsCancelled() {
		List<String> heard = new ArrayList<>();
		ServerCall.Listener<String> listener = call((call, headers) -> {
			endAll();
			call.sendHeaders(new Metadata());
			call.sendMessage("too late");
			call.close(Status.OK, new Metadata());
			assertThat(call.isCancelled()).isTrue();
			assertThat(call.isReady()).isFalse();
			return new Heard(heard);
		});
		listener.onMessage("x");
		listener.onReady();
		listener.onHalfClose();
		listener.onComplete();
		assertThat(heard).containsExactly("cancelled");
		assertThat(this.closed).extracting(Status::getCode).containsExactly(Status.Code.UNAUTHENTICATED);
		assertThat(this.connection.calls()).isEmpty();
	}

	@Test
	void callThatTheApplicationClosedIsNotEnded() {
		ServerCall.Listener<String> listener = call((call, headers) -> {
			call.close(Status.OK, new Metadata());
			return new Heard(new ArrayList<>());
		});
		assertThat(this.connection.calls()).hasSize(1);
		endAll();
		listener.onComplete();
		assertThat(this.closed).containsExactly(Status.OK);
		assertThat(this.told).isEmpty();
		assertThat(this.connection.calls()).isEmpty();
	}

	@Test
	void callThatTheApplicationFailsToStartIsForgotten() {
		assertThatIllegalStateException().isThrownBy(() -> call((call, headers) -> {
			throw new IllegalStateException("it");
		}));
		assertThat(this.connection.calls()).isEmpty();
	}

	@Test
	void connectionThatIsNotKnownIsRefused() {
		SocketAddress address = new InetSocketAddress("192.0.2.1", 1);
		Attributes replaced = Attributes.newBuilder().set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, address).build();
		this.interceptor.interceptCall(new RecordedCall(replaced, this.closed), new Metadata(), (call, headers) -> {
			throw new AssertionError("the application was reached");
		});
		assertThat(this.closed).extracting(Status::getCode).containsExactly(Status.Code.UNAUTHENTICATED);
		assertThat(this.told)
			.containsExactly(new Denial(Denial.Reason.BYPASSED, "a.B/C", new Denial.Caller(null, address),
					"the connection is not known: another ServerTransportFilter replaced its attributes", true));
	}

	private void endAll() {
		Denial denial = new Denial(Denial.Reason.UNTRUSTED, "test.Who/Anyone", this.connection.caller(), "the test",
				true);
		this.connection.calls().forEach((call) -> call.end(denial, this.denials));
	}

	private ServerCall.Listener<String> call(ServerCallHandler<String, String> application) {
		Attributes attributes = Attributes.newBuilder().set(PeerConnection.KEY, this.connection).build();
		return this.interceptor.interceptCall(new RecordedCall(attributes, this.closed), new Metadata(), application);
	}

	private static final class Heard extends ServerCall.Listener<String> {

		private final List<String> heard;

		private Heard(List<String> heard) {
			this.heard = heard;
		}

		@Override
		public void onMessage(String message) {
			this.heard.add("message");
		}

		@Override
		public void onReady() {
			this.heard.add("ready");
		}

		@Override
		public void onHalfClose() {
			this.heard.add("half-close");
		}

		@Override
		public void onCancel() {
			this.heard.add("cancelled");
		}

		@Override
		public void onComplete() {
			this.heard.add("complete");
		}

	}

}
