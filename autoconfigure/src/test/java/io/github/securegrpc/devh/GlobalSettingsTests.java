package io.github.securegrpc.devh;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.StartGuards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * net.devh has a word for all channels, which is no channel's name.
 */
class GlobalSettingsTests {

	@ParameterizedTest
	@ValueSource(strings = { "GLOBAL", "global" })
	void settingsOfAllChannelsInTheEnginesWordAreRefused(String written, @TempDir Path directory) {
		Application application = new Application(directory)
			.identity("secure-grpc.server", TestCertificates.server(TestCertificates.authority("ca")))
			.set("secure-grpc.client.channels." + written + ".pins",
					"sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
			.channel("ledger");
		assertThatThrownBy(() -> application.start().close()).satisfies((ex) -> assertThat(StartGuards.refusal(ex))
			.hasMessageContaining("secure-grpc.client.channels.%s.* is for no channel".formatted(written)));
	}

}
