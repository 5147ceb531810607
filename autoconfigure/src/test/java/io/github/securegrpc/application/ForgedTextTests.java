package io.github.securegrpc.application;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.util.ExceptionUtils;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.RawNames;
import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.transport.Handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

/**
 * A peer chooses the text in its certificate, and writes no lines of its own with it:
 * neither into a log nor into a status.
 */
@ExtendWith(OutputCaptureExtension.class)
class ForgedTextTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle STRANGER = TestCertificates.authority("stranger");

	private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";

	private static final String HARMLESS = "https://somebody@peer.example.com/a-name-of-the-same-length-as-the-other";

	private static final String FORGED = "\r\n2026-01-01 INFO @ \u001b[2Kforged line\r\n\u202eand turned \u0000\u007f";

	/* By both providers, with each place in a certificate. */
	static Stream<Arguments> hostile() {
		return Stream.of("openssl", "jdk")
			.flatMap((provider) -> Stream.of(Arguments.of(provider, criticalName()), Arguments.of(provider, mailbox()),
					Arguments.of(provider, subject())));
	}

	@ParameterizedTest
	@MethodSource("hostile")
	void clientWritesNoLineOfItsOwn(String provider, Hostile hostile, @TempDir Path directory, CapturedOutput output) {
		Application application = new Application(directory).identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.set("secure-grpc.provider", provider)
			.set("logging.level.root", "info");
		try (ConfigurableApplicationContext context = application.start()) {
			HandshakeRecorder recorder = HandshakeRecorder.in(context);
			new ForeignClient(application.port(), "TLSv1.3").connect(hostile.identity(), hostile.certificate());
			Handshake.Failed failed = (Handshake.Failed) recorder.next().end();
			assertThat(failed.detail()).contains("forged line").doesNotContainPattern("\\p{Cntrl}|\u202e");
			assertNoForgedLine(output, "Refused secure gRPC connection from");
		}
	}

	@ParameterizedTest
	@MethodSource("hostile")
	void serverWritesNoLineOfItsOwn(String provider, Hostile hostile, @TempDir Path directory, CapturedOutput output) {
		Application application = new Application(directory).ca("secure-grpc.client", CA)
			.set("grpc.server.port", "-1")
			.set("secure-grpc.provider", provider)
			.set("logging.level.root", "info");
		try (ConfigurableApplicationContext context = application.start();
				ForeignServer server = new ForeignServer(hostile.identity(), "TLSv1.3")
					.presenting(hostile.certificate())
					.start()) {
			TestEngine.of(context).dial(context, "peer", "static://127.0.0.1:" + server.port());
			StatusRuntimeException thrown = catchThrowableOfType(StatusRuntimeException.class,
					() -> TestApplication.call(context, "peer"));
			Status status = thrown.getStatus();
			// as an application logs it, with its causes
			assertThat(ExceptionUtils.readStackTrace(thrown) + status).contains("Caused by: ", "forged line")
				.doesNotContain("\u001b", "\u202e", "\u007f")
				.doesNotContainPattern("(?m)^2026-01-01 INFO @");
			// grpc-java adds a line of its own
			assertThat(String.valueOf(status.getDescription()).lines().findFirst()).get(STRING)
				.contains("forged line")
				.doesNotContainPattern("\\p{Cntrl}|\u202e");
			assertNoForgedLine(output, "Refused secure gRPC connection to peer");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk", "unshaded" })
	void strangerWritesNoLineThroughTheLogsOfGrpc(String transport, @TempDir Path directory, CapturedOutput output)
			throws Exception {
		Application application = new Application(directory).identity("secure-grpc.server", TestCertificates.server(CA))
			.set("logging.level.root", "info");
		if (transport.equals("unshaded")) {
			application.on(TestNetty.UNSHADED);
		}
		else {
			application.on(TestNetty.SHADED).set("secure-grpc.provider", transport);
		}
		try (ConfigurableApplicationContext context = application.start()) {
			assertThat(context.isActive()).isTrue();
			for (int i = 0; i < 40; i++) {
				send(application.port(), "GET /x" + FORGED + " HTTP/1.1\r\n\r\n");
				send(application.port(), PREFACE + headers(":evil" + FORGED, "x"));
				send(application.port(), PREFACE + headers("content-length", "1" + FORGED));
			}
			assertThat(output.getAll()).doesNotContain("\u001b", "\u202e", "\u007f");
			assertThat(output.getAll().lines()).noneMatch((it) -> it.startsWith("2026-01-01 INFO @"));
			assertThat(output.getAll().lines()).filteredOn((it) -> it.contains("forged line") && it.contains(" WARN "))
				.hasSizeLessThan(40);
			assertThat(output.getAll().lines()).hasSizeLessThan(300);
		}
	}

	/* Over TLS, as a client that presents nothing. */
	private static void send(int port, String text) throws Exception {
		SSLContext tls = SSLContext.getInstance("TLS");
		tls.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
		try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port)) {
			SSLParameters parameters = socket.getSSLParameters();
			parameters.setApplicationProtocols(new String[] { "h2" });
			socket.setSSLParameters(parameters);
			socket.setSoTimeout(300);
			socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
			socket.getOutputStream().flush();
			socket.getInputStream().readAllBytes();
		}
		catch (IOException ex) {
			// what came of it is in the log
		}
	}

	/*
	 * A HEADERS frame of stream 1 with one literal field (RFC 9113, 6.2; RFC 7541,
	 * 6.2.2).
	 */
	private static String headers(String name, String value) {
		String block = (char) 0x83 + "" + (char) 0x87 + "\0" + (char) name.length() + name + (char) value.length()
				+ value;
		return "\0\0" + (char) block.length() + (char) 1 + (char) 5 + "\0\0\0" + (char) 1 + block;
	}

	private static void assertNoForgedLine(CapturedOutput output, String line) {
		assertThat(output.getAll()).contains(line).contains("forged line").doesNotContain("\u001b", "\u202e", "\u007f");
		assertThat(output.getAll().lines()).noneMatch((it) -> it.startsWith("2026-01-01 INFO @"));
	}

	private static Hostile criticalName() {
		return Hostile.of("a critical name", new RawNames().uri(HARMLESS), true);
	}

	private static Hostile mailbox() {
		return Hostile.of("a mailbox", new RawNames().email(HARMLESS), false);
	}

	/* Only a leaf without a name is called by its subject. */
	private static Hostile subject() {
		X509Bundle identity = TestCertificates.issue((builder) -> builder.subject("CN=" + HARMLESS), STRANGER);
		return Hostile.of("a subject", identity);
	}

	/**
	 * An identity, and the certificate that is presented in its place.
	 */
	private record Hostile(String place, X509Bundle identity, X509Certificate certificate) {

		static Hostile of(String place, RawNames names, boolean critical) {
			return of(place,
					TestCertificates.issue(
							(builder) -> (critical ? names.critical(builder) : names.of(builder)).subject("CN=peer"),
							STRANGER));
		}

		static Hostile of(String place, X509Bundle identity) {
			try {
				String der = new String(identity.getCertificate().getEncoded(), StandardCharsets.ISO_8859_1);
				String text = new String((FORGED + ".".repeat(HARMLESS.length())).getBytes(StandardCharsets.UTF_8),
						StandardCharsets.ISO_8859_1)
					.substring(0, HARMLESS.length());
				byte[] encoded = der.replace(HARMLESS, text).getBytes(StandardCharsets.ISO_8859_1);
				return new Hostile(place, identity, new BrokenCertificate(identity.getCertificate(), encoded));
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public String toString() {
			return this.place;
		}

	}

}
