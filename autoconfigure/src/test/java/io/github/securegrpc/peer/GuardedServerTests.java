package io.github.securegrpc.peer;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.grpc.Attributes;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.securegrpc.material.ClientAuth;
import io.github.securegrpc.material.ValidationMode;
import io.github.securegrpc.peer.rules.AuthorizationProperties;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.validation.TrustRules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Transports that let in whom they should not, as one in process, which asks nobody for a
 * certificate.
 */
class GuardedServerTests {

	private final List<Denial> denials = new ArrayList<>();

	@Test
	void peerWithoutCertificateIsRefusedWhereOneIsRequiredWhateverTheTransportDid() throws Exception {
		assertThat(call(ClientAuth.REQUIRE, true)).isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(this.denials).singleElement().satisfies((denial) -> {
			assertThat(denial.reason()).isEqualTo(Denial.Reason.NO_CERTIFICATE);
			assertThat(denial.enforced()).isTrue();
		});
	}

	@ParameterizedTest
	@EnumSource(ClientAuth.class)
	void callOnAConnectionThatIsNotOursIsRefused(ClientAuth clientAuth) throws Exception {
		assertThat(call(clientAuth, false)).isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(this.denials).singleElement()
			.satisfies((denial) -> assertThat(denial.reason()).isEqualTo(Denial.Reason.BYPASSED));
	}

	@ParameterizedTest
	@EnumSource(value = ClientAuth.class, names = { "NONE", "OPTIONAL" })
	void peerWithoutCertificateIsServedWhereNoneIsRequired(ClientAuth clientAuth) throws Exception {
		assertThat(call(clientAuth, true)).isEqualTo(Status.Code.OK);
		assertThat(this.denials).isEmpty();
	}

	private Status.Code call(ClientAuth clientAuth, boolean ours) throws Exception {
		PeerRules rules = new PeerRules(new AuthorizationProperties(null, null),
				new CallerRules(new CallerProperties(new CallerProperties.BasicAuth(null), List.of()),
						new PeerProperties(false), new RotatingMaterials((event) -> {
						}, Clock.systemUTC()), Clock.systemUTC()),
				new Denials(() -> List.of((ImmediateDenialListener) this.denials::add),
						new AuditLog(Audit.DENIALS, Clock.systemUTC())),
				Clock.systemUTC());
		InProcessServerBuilder builder = InProcessServerBuilder.forName("guarded")
			.addService(new HealthStatusManager().getHealthService());
		rules
			.guard(new GuardedServer(null, clientAuth,
					new TrustRules(ValidationMode.STRICT, Set.of(), Clock.systemUTC()), new Connections(ours)))
			.guard(builder);
		Server server = builder.build().start();
		ManagedChannel channel = InProcessChannelBuilder.forName("guarded").build();
		try {
			HealthGrpc.newBlockingStub(channel)
				.withDeadlineAfter(Duration.ofSeconds(10))
				.check(HealthCheckRequest.getDefaultInstance());
			return Status.Code.OK;
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus().getCode();
		}
		finally {
			channel.shutdownNow();
			server.shutdownNow();
			rules.stop();
		}
	}

	private record Connections(boolean ours) implements GuardedServer.Connections {

		@Override
		public boolean areOurs(Attributes transport) {
			return this.ours;
		}

		@Override
		public void close(Attributes transport) {
		}

	}

}
