package io.github.securegrpc.application;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.peer.BasicUser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Users and passwords that the server asks for.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServerBasicAuthTests {

	private static final String USERS = "secure-grpc.server.basic-auth.users";

	private static final String SECRET = "n\u00f6t: to be read";

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private Application application = new Application(Path.of(""));

	private Path users = Path.of("");

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).with(WhoCalls.class)
			.with(Heard.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.set("secure-grpc.peer.mdc", true);
		this.users = this.application.file("users",
				BasicCalls.line("alice", SECRET) + "\n# of the night\n" + BasicCalls.line("bob", "bob's"));
		this.application.set(USERS, this.users);
	}

	@Test
	void callWithoutTheRightPasswordIsDeniedBeforeAnythingOfTheApplicationHearsOfIt(CapturedOutput output) {
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), null)) {
			assertThat(BasicCalls.status(peer)).hasToString("Status{code=UNAUTHENTICATED, description=test.Who/Dns: "
					+ "a user's name and password are needed, none were sent, cause=null}");
			for (String wrong : List.of(BasicCalls.basic("alice:wrong"), BasicCalls.basic("mallory:" + SECRET),
					BasicCalls.basic("alice"), BasicCalls.basic(""), "Basic", "Basic ?",
					"basic " + BasicCalls.basic("alice:").substring(6), "Bearer " + BasicCalls.basic("alice:x"))) {
				assertThat(BasicCalls.status(peer, wrong).getCode()).as(wrong).isEqualTo(Status.Code.UNAUTHENTICATED);
			}
			assertThat(BasicCalls.status(peer, BasicCalls.basic("alice:" + SECRET), BasicCalls.basic("bob:bob's"))
				.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
			assertThat(context.getBean(WhoCalls.class).served()).isZero();
			assertThat(context.getBean(Heard.class).users).isEmpty();
			assertThat(BasicCalls.status(peer, BasicCalls.basic("alice:" + SECRET))).isEqualTo(Status.OK);
		}
		assertThat(output).contains("Denied test.Who/Dns to a peer without a certificate")
			.contains("the password sent is not that of user:alice")
			.contains("there is no user of the name sent")
			.doesNotContain("mallory")
			.doesNotContain(SECRET)
			.doesNotContain("$2a$");
	}

	@Test
	void userOfACallIsKnownToTheApplicationBesideThePeer() {
		this.application.ca("secure-grpc.server", CA);
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), TestCertificates.client(CA))) {
			for (int i = 0; i < 3; i++) {
				assertThat(BasicCalls.ask(peer.channel(), BasicCalls.basic("alice:" + SECRET))).isEqualTo("dns:client");
			}
			assertThat(context.getBean(Heard.class).users).hasSize(3)
				.containsOnly("alice, logged as alice by dns:client at 127.0.0.1");
			assertThat(MDC.get("user.name")).isNull();
		}
	}

	@Test
	void rulesNameUsersAndAnyoneNeedsNone() {
		rule(0, "test.Who/Dns", "user:alice");
		rule(1, "test.Who/AnyPeer", "any-peer");
		rule(2, "test.Who/Uri", "user:*");
		rule(3, "test.Who/Anyone", "anyone");
		this.application.ca("secure-grpc.server", CA).set("secure-grpc.server.client-auth", "optional");
		try (ConfigurableApplicationContext context = this.application.start();
				Peer nobody = new Peer(this.application.port(), null);
				Peer client = new Peer(this.application.port(), TestCertificates.client(CA))) {
			assertThat(context.isRunning()).isTrue();
			String alice = BasicCalls.basic("alice:" + SECRET);
			String bob = BasicCalls.basic("bob:bob's");
			assertThat(BasicCalls.code(client, "Dns", bob)).isEqualTo(Status.Code.PERMISSION_DENIED);
			assertThat(BasicCalls.code(nobody, "Dns", bob)).isEqualTo(Status.Code.PERMISSION_DENIED);
			assertThat(BasicCalls.code(nobody, "Dns", alice)).isEqualTo(Status.Code.OK);
			assertThat(BasicCalls.code(client, "AnyPeer", null)).isEqualTo(Status.Code.UNAUTHENTICATED);
			assertThat(BasicCalls.code(nobody, "AnyPeer", bob)).isEqualTo(Status.Code.PERMISSION_DENIED);
			assertThat(BasicCalls.code(client, "AnyPeer", bob)).isEqualTo(Status.Code.OK);
			assertThat(BasicCalls.code(client, "Uri", null)).isEqualTo(Status.Code.UNAUTHENTICATED);
			assertThat(BasicCalls.code(nobody, "Uri", bob)).isEqualTo(Status.Code.OK);
			assertThat(BasicCalls.code(nobody, "Anyone", null)).isEqualTo(Status.Code.OK);
			assertThat(BasicCalls.code(nobody, "Anyone", BasicCalls.basic("bob:wrong")))
				.isEqualTo(Status.Code.UNAUTHENTICATED);
			assertThat(BasicCalls.code(nobody, "Admin", alice)).isEqualTo(Status.Code.PERMISSION_DENIED);
		}
	}

	@Test
	void ruleForUsersWithoutUsersDoesNotStart(@TempDir Path directory) {
		this.application = new Application(directory).identity("secure-grpc.server", TestCertificates.server(CA));
		rule(0, "*", "user:alice");
		assertThatThrownBy(() -> this.application.start().close())
			.satisfies((ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining(
					"secure-grpc.authorization.rules[0].allow has user:alice, but " + USERS + " is not set"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "user:", "user:a:b", "user:a*" })
	void ruleForWhatIsNoUserDoesNotStart(String user) {
		rule(0, "*", user);
		assertThatThrownBy(() -> this.application.start().close()).satisfies(
				(ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining("'" + user + "' names no peer"));
	}

	/* Rules that are tried out take no protection away. */
	@Test
	void rulesInShadowModeOpenNothing() {
		rule(0, "*", "anyone");
		this.application.set("secure-grpc.authorization.mode", "shadow");
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), null)) {
			assertThat(context.isRunning()).isTrue();
			assertThat(BasicCalls.code(peer, "Dns", null)).isEqualTo(Status.Code.UNAUTHENTICATED);
			assertThat(BasicCalls.code(peer, "Dns", BasicCalls.basic("bob:bob's"))).isEqualTo(Status.Code.OK);
		}
	}

	@Test
	void ruleForAUserWhoIsNotThereIsWarnedOf(CapturedOutput output) {
		rule(0, "*", "user:alcie");
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(context.isRunning()).isTrue();
			assertThat(output).contains("rules[0].allow names user:alcie, who is not among")
				.contains("Did you mean alice?");
		}
	}

	@Test
	void passwordIsNotInTheFramesThatAreLogged(CapturedOutput output) {
		this.application.set("logging.level.root", "debug");
		String header = BasicCalls.basic("alice:" + SECRET);
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), null)) {
			assertThat(context.isRunning()).isTrue();
			assertThat(BasicCalls.code(peer, "Dns", header)).isEqualTo(Status.Code.OK);
		}
		assertThat(output.getAll()).doesNotContain(SECRET).doesNotContain(header.substring("Basic ".length()));
	}

	private void rule(int index, String methods, String allow) {
		this.application.set("secure-grpc.authorization.rules[%d].methods".formatted(index), methods)
			.set("secure-grpc.authorization.rules[%d].allow".formatted(index), allow);
	}

	/** Hears who calls. */
	@GlobalInterceptor
	static class Heard implements ServerInterceptor {

		final List<String> users = new CopyOnWriteArrayList<>();

		@Override
		public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
				ServerCallHandler<Q, A> next) {
			this.users.add("%s, logged as %s by %s at %s".formatted(
					BasicUser.current().map(BasicUser::getName).orElse("nobody"), MDC.get("user.name"), MDC.get("peer"),
					MDC.get("client.address")));
			return next.startCall(call, headers);
		}

	}

}
