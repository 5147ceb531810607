package io.github.securegrpc.devh;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import io.grpc.StatusRuntimeException;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.TestApplication;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A channel that dials the id of a service.
 */
class DiscoveryTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private Application application = new Application(Path.of(""));

	private Discovery discovery = new Discovery(0);

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).set("grpc.client.it.address", "discovery:///ledger")
			.ca("secure-grpc.client", CA);
		this.discovery = new Discovery(this.application.port());
		NameResolverRegistry.getDefaultRegistry().register(this.discovery);
	}

	@AfterEach
	void forget() {
		NameResolverRegistry.getDefaultRegistry().deregister(this.discovery);
	}

	@Test
	void leafOfAHostIsNotTheServices() {
		serve("localhost");
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(this::call)
			.withMessageContaining("the call was to ledger");
	}

	@Test
	void idOfTheServiceIsVerified() {
		serve("ledger");
		call();
	}

	@Test
	void serverNameIsVerifiedInsteadOfTheId() {
		serve("ledger.internal");
		this.application.set("secure-grpc.client.channels.it.server-name", "ledger.internal");
		call();
	}

	@Test
	void serviceMayBeAnywhereAndNotOnThisMachine() {
		serve("ledger");
		this.application.set("secure-grpc.client.channels.it.plaintext", "loopback");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(this.application::start)
			.withMessageContaining("dials discovery:///ledger");
	}

	private void serve(String name) {
		this.application.identity("secure-grpc.server",
				TestCertificates.issue((builder) -> builder.subject("CN=server").addSanDnsName(name), CA));
	}

	private void call() {
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(TestApplication.call(context, "it")).isNotNull();
		}
	}

	/** As net.devh's, which asks Spring Cloud: the id is the authority. */
	private static final class Discovery extends NameResolverProvider {

		private final int port;

		Discovery(int port) {
			this.port = port;
		}

		@Override
		public NameResolver newNameResolver(URI target, NameResolver.Args args) {
			return new NameResolver() {

				@Override
				public String getServiceAuthority() {
					return target.getPath().substring(1);
				}

				@Override
				public void start(Listener2 listener) {
					listener.onResult(ResolutionResult.newBuilder()
						.setAddressesOrError(StatusOr.fromValue(List.of(new EquivalentAddressGroup(
								new InetSocketAddress(InetAddress.getLoopbackAddress(), Discovery.this.port)))))
						.build());
				}

				@Override
				public void shutdown() {
				}

			};
		}

		@Override
		public String getDefaultScheme() {
			return "discovery";
		}

		@Override
		protected boolean isAvailable() {
			return true;
		}

		/* Never where no scheme is named. */
		@Override
		protected int priority() {
			return 0;
		}

	}

}
