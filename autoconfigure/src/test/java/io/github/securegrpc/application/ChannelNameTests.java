package io.github.securegrpc.application;

import java.nio.file.Path;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Settings under a name that is not exactly a channel's.
 */
@ExtendWith(OutputCaptureExtension.class)
class ChannelNameTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@TempDir
	Path directory = Path.of("");

	@ParameterizedTest
	@CsvSource({ "ledgr, ledger", "legder, ledger", "shpo, shop", "odrer, order", "Ledger, ledger",
			"ledgermain, ledger-main", "ledger_main, ledger-main", "ledger-main, ledgerMain" })
	void nearNameIsRefusedAtStart(String written, String channel) {
		assertThatThrownBy(() -> application(written).channel(channel).start().close())
			.satisfies((ex) -> assertThat(StartGuards.refusal(ex))
				.hasMessageContaining("is not applied to the channel " + channel));
	}

	@ParameterizedTest
	@CsvSource({ "Ledger, ledger", "ledgermain, ledger-main", "ledger_main, ledger-main", "ledger-main, ledgerMain" })
	void otherSpellingIsRefusedAtRunTime(String written, String channel) {
		try (ConfigurableApplicationContext context = application(written).start()) {
			assertThatExceptionOfType(RefusedException.class)
				.isThrownBy(() -> TestApplication.channel(context, channel))
				.withMessageContaining("is not applied to the channel " + channel);
		}
	}

	@ParameterizedTest
	@CsvSource({ "node2, node1", "ledger-b, ledger-a", "west, east", "eu, us", "payments, ledger" })
	void otherNameIsAnotherChannel(String written, String channel, CapturedOutput output) {
		try (ConfigurableApplicationContext context = application(written).channel(channel).start()) {
			assertThat(output).contains("channels.%s names a channel that nobody has made yet".formatted(written));
			assertThat(TestApplication.channel(context, channel)).isNotNull();
			assertThat(TestApplication.channel(context, written)).isNotNull();
		}
	}

	@ParameterizedTest
	@CsvSource({ "ledger-north, ledger-south", "orders-app, orders-api", "tenants, tenant-a" })
	void channelsThatAreMadeOneAfterTheOtherAreAllMade(String written, String channel, CapturedOutput output) {
		try (ConfigurableApplicationContext context = application(written).start()) {
			assertThat(TestApplication.channel(context, channel)).isNotNull();
			assertThat(TestApplication.channel(context, written)).isNotNull();
			assertThat(output).contains("channels.%s is not applied to the channel %s".formatted(written, channel));
		}
	}

	private Application application(String written) {
		return new Application(this.directory).identity("secure-grpc.server", TestCertificates.server(CA))
			.set("secure-grpc.client.channels." + written + ".pins",
					"sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
	}

}
