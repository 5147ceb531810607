package io.github.securegrpc.application;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A name and a password that a channel sends with its calls.
 */
@ExtendWith(OutputCaptureExtension.class)
class ChannelBasicAuthTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final String BASIC = "secure-grpc.client.channels.it.basic-auth.";

	private static final String PASSWORD = "n\u00f6t: to be read";

	private static final String PAIR = Base64.getEncoder()
		.encodeToString(("alice:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).with(Heard.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.client", CA)
			.channel("it")
			.channel("other");
	}

	@Test
	void callsOfTheChannelHaveThemAndNoOthers(CapturedOutput output) {
		this.application.set(BASIC + "username", "alice")
			.set(BASIC + "password", PASSWORD)
			.set("logging.level.root", "debug");
		try (ConfigurableApplicationContext context = this.application.start()) {
			Heard heard = context.getBean(Heard.class);
			assertThat(TestApplication.call(context, "other")).isEqualTo(ServingStatus.SERVING);
			assertThat(heard.authorizations).isEmpty();
			assertThat(TestApplication.call(context, "it")).isEqualTo(ServingStatus.SERVING);
			assertThat(heard.authorizations).containsExactly("Basic " + PAIR);
		}
		assertThat(output.getAll()).doesNotContain(PASSWORD).doesNotContain(PAIR);
	}

	@ParameterizedTest
	@CsvSource({ "loopback, ''", "anywhere, ''", "'', loopback" })
	void channelInPlaintextDoesNotStartWithThem(String own, String shared, @TempDir Path directory) {
		Application plain = new Application(directory).set("secure-grpc.server.plaintext", "loopback")
			.set(BASIC + "username", "alice")
			.set(BASIC + "password", PASSWORD)
			.channel("it");
		if (!own.isEmpty()) {
			plain.set("secure-grpc.client.channels.it.plaintext", own);
			assertThatThrownBy(() -> plain.start().close()).satisfies((ex) -> assertThat(StartGuards.refusal(ex))
				.hasMessageContaining("channels.it.plaintext is " + own));
			return;
		}
		plain.set("secure-grpc.client.plaintext", shared);
		try (ConfigurableApplicationContext context = plain.start()) {
			assertThatThrownBy(() -> TestApplication.call(context, "it"))
				.hasMessageContaining("the peer does not speak TLS");
		}
	}

	@ParameterizedTest
	@CsvSource({ "alice, , password is missing", ", secret, username is missing", "a:b, secret, username has a colon",
			"alice, '', password is empty", "alice, 'secret\n', password is not one line of text" })
	void halfOfThemDoesNotStartAndIsNotShown(String username, String password, String reason, CapturedOutput output) {
		if (username != null) {
			this.application.set(BASIC + "username", username);
		}
		if (password != null) {
			this.application.set(BASIC + "password", password);
		}
		assertThatThrownBy(() -> this.application.start().close())
			.satisfies((ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining("basic-auth." + reason));
		assertThat(output.getAll()).doesNotContain("secret");
	}

	/** Hears who calls. */
	@GlobalInterceptor
	static class Heard implements ServerInterceptor {

		private final Set<String> authorizations = Collections.synchronizedSet(new HashSet<>());

		@Override
		public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
				ServerCallHandler<Q, A> next) {
			String value = headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER));
			if (value != null) {
				this.authorizations.add(value);
			}
			return next.startCall(call, headers);
		}

	}

}
