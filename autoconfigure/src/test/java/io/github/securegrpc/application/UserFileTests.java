package io.github.securegrpc.application;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.rotation.MaterialRefused;
import io.github.securegrpc.rotation.RotatingMaterials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The file of users and passwords: what it may hold, and that it is read again.
 */
@ExtendWith(OutputCaptureExtension.class)
class UserFileTests {

	private static final String USERS = "secure-grpc.server.basic-auth.users";

	private static final String SECRET = "n\u00f6t: to be read";

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private Application application = new Application(Path.of(""));

	private Path users = Path.of("");

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).with(WhoCalls.class)
			.with(Heard.class)
			.identity("secure-grpc.server", TestCertificates.server(CA));
		this.users = this.application.file("users", BasicCalls.line("alice", SECRET));
		this.application.set(USERS, this.users);
	}

	@Test
	void fileIsReadAgainAndABadOneReplacesNothing(CapturedOutput output) {
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), null)) {
			RotatingMaterials materials = context.getBean(RotatingMaterials.class);
			assertThat(BasicCalls.code(peer, "Dns", BasicCalls.basic("alice:" + SECRET))).isEqualTo(Status.Code.OK);
			this.application.file("users", BasicCalls.line("bob", "bob's") + "\ncarol:$apr1$salt$hash");
			materials.tick();
			Awaitility.await()
				.untilAsserted(() -> assertThat(context.getBean(Heard.class).refused).singleElement()
					.satisfies((event) -> assertThat(event.material()).isEqualTo("server.basic-auth")));
			assertThat(output).contains("Refused a replacement of server.basic-auth, generation 1 stays in force")
				.contains("line 2: the password is not hashed with bcrypt")
				.doesNotContain("apr1$salt");
			assertThat(refusals(context)).isEqualTo(1);
			assertThat(health(context)).containsEntry("generation", 1)
				.containsEntry("holds", "1 user")
				.containsKey("lastRefusal");
			assertThat(BasicCalls.code(peer, "Dns", BasicCalls.basic("alice:" + SECRET))).isEqualTo(Status.Code.OK);
			this.application.file("users",
					BasicCalls.line("bob", "bob's") + "\n" + BasicCalls.line("alice", "another"));
			materials.tick();
			Awaitility.await()
				.until(() -> BasicCalls.code(peer, "Dns",
						BasicCalls.basic("alice:" + SECRET)) == Status.Code.UNAUTHENTICATED);
			assertThat(BasicCalls.code(peer, "Dns", BasicCalls.basic("alice:another"))).isEqualTo(Status.Code.OK);
			this.application.file("users", BasicCalls.line("bob", "bob's"));
			materials.tick();
			Awaitility.await()
				.until(() -> BasicCalls.code(peer, "Dns",
						BasicCalls.basic("alice:another")) == Status.Code.UNAUTHENTICATED);
			assertThat(BasicCalls.code(peer, "Dns", BasicCalls.basic("bob:bob's"))).isEqualTo(Status.Code.OK);
			assertThat(context.getBean(Heard.class).refused).hasSize(1);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "'' | has no user", "'# none' | has no user",
			"alice:secret | line 1: the password is not hashed with bcrypt",
			"alice | line 1: the password is not hashed with bcrypt",
			"alice:$2y$31$abcdefghijklmnopqrstuuoLHzR5WZLLPrdc8SYfDvyXZuPQrkxVa | line 1: the cost of bcrypt is 31",
			"\ufeffalice:$2y$10$abcdefghijklmnopqrstuuoLHzR5WZLLPrdc8SYfDvyXZuPQrkxVa | line 1: the name of the user is empty",
			"alice :$2y$10$abcdefghijklmnopqrstuuoLHzR5WZLLPrdc8SYfDvyXZuPQrkxVa | line 1: the name of the user is empty",
			":$2y$10$abcdefghijklmnopqrstuuoLHzR5WZLLPrdc8SYfDvyXZuPQrkxVa | line 1: the name of the user is empty",
			"*:$2y$10$abcdefghijklmnopqrstuuoLHzR5WZLLPrdc8SYfDvyXZuPQrkxVa | line 1: the name of the user is empty" })
	void fileThatIsNoneDoesNotStartAndIsNotShown(String content, String reason, CapturedOutput output) {
		this.application.file("users", content);
		assertThatThrownBy(() -> this.application.start().close())
			.satisfies((ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining("users (" + USERS + ")")
				.hasMessageContaining(reason));
		assertThat(output).doesNotContain("secret").doesNotContain("abcdefghijklmnopqrstuuoLHzR5");
	}

	@Test
	void fileThatIsNotThereDoesNotStart() {
		this.application.set(USERS, "/nowhere/users");
		assertThatThrownBy(() -> this.application.start().close()).satisfies((ex) -> assertThat(StartGuards.refusal(ex))
			.hasMessageContaining("/nowhere/users (" + USERS + ") does not exist"));
	}

	@Test
	void sameUserTwiceDoesNotStart() {
		this.application.file("users", BasicCalls.line("alice", "a") + "\n" + BasicCalls.line("alice", "b"));
		assertThatThrownBy(() -> this.application.start().close()).satisfies((ex) -> assertThat(StartGuards.refusal(ex))
			.hasMessageContaining("line 2: the user alice is there twice"));
	}

	@Test
	void withoutBcryptItDoesNotStart() {
		assertThatThrownBy(() -> this.application.start(new FilteredClassLoader(BCryptPasswordEncoder.class)).close())
			.satisfies((ex) -> assertThat(StartGuards.refusal(ex))
				.hasMessageContaining("spring-security-crypto is missing"));
	}

	@Test
	void passwordsThatCouldBeReadOnTheWayDoNotStart(@TempDir Path directory) {
		assertThatThrownBy(() -> plaintext(directory, "anywhere").start().close())
			.satisfies((ex) -> assertThat(StartGuards.refusal(ex))
				.hasMessageContaining("users is set, but secure-grpc.server.plaintext is anywhere"));
	}

	@Test
	void passwordsBehindAProxyOfThisMachineNeedNoTls(@TempDir Path directory, CapturedOutput output) {
		Application plain = plaintext(directory, "loopback");
		try (ConfigurableApplicationContext context = plain.start()) {
			assertThat(context.isRunning()).isTrue();
			assertThat(output).contains("without secure-grpc.server.trusted-proxies");
			ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", plain.port()).usePlaintext().build();
			assertThatThrownBy(() -> BasicCalls.ask(channel, BasicCalls.basic("alice:wrong")))
				.isInstanceOf(StatusRuntimeException.class);
			assertThat(BasicCalls.ask(channel, BasicCalls.basic("alice:" + SECRET))).isEqualTo("nobody");
			channel.shutdownNow();
		}
	}

	private static double refusals(ConfigurableApplicationContext context) {
		return context.getBean(MeterRegistry.class)
			.get("secure.grpc.rotations")
			.tags("material", "server.basic-auth", "outcome", "refused")
			.counter()
			.count();
	}

	private static Map<String, Object> health(ConfigurableApplicationContext context) {
		CompositeHealthContributor all = (CompositeHealthContributor) context
			.getBean("grpcCertificatesHealthContributor");
		HealthIndicator users = (HealthIndicator) Objects.requireNonNull(all.getContributor("server.basic-auth"));
		return Objects.requireNonNull(users.health(true)).getDetails();
	}

	private Application plaintext(Path directory, String where) {
		return new Application(directory).with(WhoCalls.class)
			.set("secure-grpc.server.plaintext", where)
			.set(USERS, this.users);
	}

	/** Hears of files that are refused. */
	static class Heard {

		final List<MaterialRefused> refused = new CopyOnWriteArrayList<>();

		@EventListener
		void refused(MaterialRefused event) {
			this.refused.add(event);
		}

	}

}
