package io.github.securegrpc.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Servers that the application builds itself.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecureServersTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

	private Node node = new Node(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.node = new Node(directory).identity("secure-grpc", TestCertificates.server(CA))
			.ca("secure-grpc", CA)
			.identity("secure-grpc.client", TestCertificates.client(CA))
			.set("secure-grpc.client.channels.bare.cert", "none")
			.ca("secure-grpc.client.channels.bare", CA)
			.set("secure-grpc.authorization.rules[0].methods", "test.Node/*")
			.set("secure-grpc.authorization.rules[0].allow[0]", "dns:client");
	}

	@AfterEach
	void close() {
		this.node.close();
	}

	@Test
	void clientWithoutACertificateIsRefused() throws IOException {
		this.node.start().serve();
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> ask("bare"))
			.withMessageContaining("UNAVAILABLE");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void rulesHoldOnEveryPort(String provider) throws IOException {
		this.node.set("secure-grpc.provider", provider)
			.identity("secure-grpc.client.channels.stranger",
					TestCertificates.issue((leaf) -> leaf.subject("CN=stranger").addSanDnsName("stranger"), CA))
			.start();
		for (int port = 0; port < 2; port++) {
			this.node.serve();
			assertThat(ask("peers")).isEqualTo("dns:client");
			assertThat(code("stranger")).isEqualTo(Status.Code.PERMISSION_DENIED);
		}
	}

	@Test
	void builderOfUnshadedNettyIsSecured() throws IOException {
		this.node.start().serve(io.grpc.netty.NettyServerBuilder.forAddress(ADDRESS), ADDRESS);
		assertThat(ask("peers")).isEqualTo("dns:client");
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> ask("bare"));
	}

	@Test
	void builderWithCredentialsIsSecured() throws IOException {
		this.node.start();
		ServerBuilder<?> builder = Grpc.newServerBuilderForPort(0, credentials());
		this.node.serve(builder, ADDRESS);
		assertThat(ask("peers")).isEqualTo("dns:client");
	}

	@Test
	void credentialsWithoutTheRulesBuildNoServer() throws IOException {
		this.node.start();
		ServerBuilder<?> bare = Grpc.newServerBuilderForPort(0, credentials());
		assertThatExceptionOfType(RefusedException.class).isThrownBy(bare::build)
			.withMessageContaining("without its rules");
		this.node.serve(Grpc.newServerBuilderForPort(0, credentials()), ADDRESS);
		assertThat(ask("peers")).isEqualTo("dns:client");
	}

	/* Each builder is secured by itself, and not by another that is. */
	@Test
	void credentialsOfOneBuilderDoNotBuildAnother() throws IOException {
		this.node.start();
		ServerBuilder<?> secured = Grpc.newServerBuilderForPort(0, credentials());
		ServerBuilder<?> forgotten = Grpc.newServerBuilderForPort(0, credentials());
		this.node.bean(SecureServers.class).secure(secured, ADDRESS);
		assertThatExceptionOfType(RefusedException.class).isThrownBy(forgotten::build)
			.withMessageContaining("without its rules");
		secured.build().shutdownNow();
	}

	@Test
	void credentialsOfOthersAreRefusedThoughSomeOfOursAreHandedOut() {
		this.node.start();
		credentials();
		ServerBuilder<?> builder = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create());
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> this.node.bean(SecureServers.class).secure(builder, ADDRESS))
			.withMessageContaining("made with credentials of others");
	}

	@Test
	void whatIsInForceIsSaidOnce(CapturedOutput output) throws IOException {
		this.node.set("logging.level.io.github.securegrpc", "info").start();
		this.node.serve().serve();
		assertThat(output.toString().split("Secure gRPC server: TLS", -1)).hasSize(2);
	}

	@Test
	void plaintextIsForThisMachine(@TempDir Path directory) {
		this.node = new Node(directory).set("secure-grpc.server.plaintext", "loopback").start();
		SecureServers servers = this.node.bean(SecureServers.class);
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> servers.secure(NettyServerBuilder.forPort(0), new InetSocketAddress(0)))
			.withMessageContaining("plaintext is loopback, but the server listens on *");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(servers::credentials);
	}

	@Test
	void applicationWithoutACertificateIsToldSo(@TempDir Path directory) {
		this.node = new Node(directory).start();
		SecureServers servers = this.node.bean(SecureServers.class);
		assertThatExceptionOfType(RefusedException.class).isThrownBy(servers::credentials)
			.withMessageContaining("the gRPC server has no certificate");
	}

	private ServerCredentials credentials() {
		return this.node.bean(SecureServers.class).credentials();
	}

	private String ask(String channel) {
		ManagedChannel opened = this.node.channels().open(channel, this.node.target());
		try {
			return Node.ask(opened);
		}
		finally {
			opened.shutdownNow();
		}
	}

	private Status.Code code(String channel) {
		try {
			ask(channel);
			return Status.Code.OK;
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus().getCode();
		}
	}

}
