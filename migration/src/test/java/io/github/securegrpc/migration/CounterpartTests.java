package io.github.securegrpc.migration;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CounterpartTests {

	@ParameterizedTest
	@ValueSource(strings = { "grpc.port=1", "spring.grpc.server.port=1", "my.grpc.server.port=1", "grpc.client.x=1",
			"secure-grpc.server.cert=a" })
	void whatIsNotOfNetDevhStays(String line) {
		assertThat(move(line)).containsExactly(line);
	}

	@ParameterizedTest
	@ValueSource(strings = { "grpc.server.port=-1", "grpc.server.unheard-of=1", "grpc.server.keep-alive-time=30",
			"grpc.server.security.enabled=${TLS}", "grpc.server.security.key-store=a.jks",
			"grpc.server.security.trust-store-password=secret", "grpc.client.x.unheard-of=1",
			"grpc.client.x.keep-alive-time=30", "grpc.client.x.address=discovery:///x",
			"grpc.client.x.address=self:self", "grpc.client.x.address=static://10.0.0.7:9090,10.0.0.8:9090",
			"grpc.client.GLOBAL.address=static://localhost:9090", "grpc.client.x.shutdown-grace-period=5s",
			"grpc.client.x.immediate-connect-timeout=5s", "grpc.client.x.negotiation-type=${TYPE}",
			"grpc.client.x.security.client-auth-enabled=${AUTH}", "grpc.client.x.security.certificate-chain=a.crt",
			"grpc.client.x.security.private-key=a.key", "grpc.client.x.security.private-key-password=secret",
			"grpc.client.x.security.ciphers=A", "grpc.client.x.security.protocols=TLSv1.3",
			"grpc.client.x.security.key-store=a.jks", "grpc.client.GLOBAL.security.authority-override=a" })
	void whatHasNoCounterpartStaysWithACommentAndOnlyOne(String line) {
		List<Setting> once = Move.of(List.of(setting(line)));
		assertThat(once).singleElement().satisfies((setting) -> {
			assertThat(setting.key() + "=" + setting.value()).isEqualTo(line);
			assertThat(setting.comments()).singleElement().asString().startsWith("MIGRATE: ");
		});
		assertThat(Move.of(once)).isEqualTo(once);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "port=9091|port=9091", "port=${PORT:0}|port=${PORT:0}",
			"address=127.0.0.1|address=127.0.0.1", "address=unix:/run/a.sock|netty.domain-socket-path=/run/a.sock",
			"address=unix:///run/a.sock|netty.domain-socket-path=/run/a.sock",
			"in-process-name=test|inprocess.name=test", "inProcessName=test|inprocess.name=test",
			"in_process_name=test|inprocess.name=test", "shutdown-grace-period=30|shutdown.grace-period=30s",
			"shutdown-grace-period=PT5M|shutdown.grace-period=PT5M",
			"shutdown-grace-period=-1|shutdown.grace-period=-1", "permit-keep-alive-time=10|keepalive.permit.time=10s",
			"permit-keep-alive-without-calls=true|keepalive.permit.without-calls=true",
			"max-connection-idle=1h|keepalive.connection.max-idle-time=1h",
			"max-connection-age=60|keepalive.connection.max-age=60s",
			"max-connection-age-grace=60|keepalive.connection.grace-period=60s",
			"max-inbound-message-size=10MB|inbound.message.max-size=10MB",
			"max-inbound-message-size=1000|inbound.message.max-size=1000",
			"max-inbound-message-size=-1|inbound.message.max-size=2147483647B",
			"max-inbound-metadata-size=16KB|inbound.metadata.max-size=16KB",
			"health-service-enabled=false|health.enabled=false",
			"reflection-service-enabled=false|reflection.enabled=false" })
	void theServerIsSpringBoots(String before, String after) {
		assertThat(move("grpc.server." + before)).containsExactly("spring.grpc.server." + after);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "enabled=false|plaintext=loopback", "certificate-chain=file:tls.crt|cert=file:tls.crt",
					"certificate-chain=tls/tls.crt|cert=classpath:tls/tls.crt",
					"certificate-chain=/tls/tls.crt|cert=classpath:tls/tls.crt",
					"private-key=classpath:tls.key|key=classpath:tls.key", "private-key-password=a b|key-password=a b",
					"client-auth=REQUIRE|client-auth=require", "client-auth=none|client-auth=none",
					"ciphers=A:B C, D|ciphers=A,B,C,D", "protocols=TLSv1.3 TLSv1.2|protocols=TLSv1.3,TLSv1.2" })
	void theServersTlsIsOurs(String before, String after) {
		assertThat(move("grpc.server.security." + before)).containsExactly("secure-grpc.server." + after);
	}

	@Test
	void aServerThatAskedForNoCertificateIsHeardToAskForThem() {
		assertThat(Move.of(List.of(setting("grpc.server.security.trust-cert-collection=file:ca.crt")))).singleElement()
			.satisfies((setting) -> {
				assertThat(setting.key()).isEqualTo("secure-grpc.server.ca");
				assertThat(setting.isMarked()).isTrue();
			});
		assertThat(Move.of(List.of(setting("grpc.server.security.trust-cert-collection=file:ca.crt"),
				setting("grpc.server.security.client-auth=OPTIONAL"))))
			.noneMatch(Setting::isMarked);
	}

	@Test
	void aPathThatNobodyKnowsMoves() {
		assertThat(Move.of(List.of(setting("grpc.server.security.private-key=${KEY}")))).singleElement()
			.satisfies((setting) -> {
				assertThat(setting.key()).isEqualTo("secure-grpc.server.key");
				assertThat(setting.isMarked()).isTrue();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "grpc.server.address=*", "grpc.server.enable-keep-alive=true",
			"grpc.server.enable-keep-alive=false", "grpc.server.security.enabled=TRUE",
			"grpc.client.x.negotiation-type=tls", "grpc.client.x.enable-keep-alive=false",
			"grpc.client.x.security.client-auth-enabled=true",
			"grpc.client.GLOBAL.security.client-auth-enabled=false" })
	void whatIsTheDefaultGoes(String line) {
		assertThat(move(line)).isEmpty();
	}

	@Test
	void aDomainSocketHasNoPort() {
		assertThat(move("grpc.server.address=unix:/run/a.sock", "grpc.server.port=9090"))
			.containsExactly("spring.grpc.server.netty.domain-socket-path=/run/a.sock", "grpc.server.port=9090");
	}

	@Test
	void keepAliveThatIsEnabledMoves() {
		assertThat(move("grpc.server.enable-keep-alive=true", "grpc.server.keep-alive-time=30",
				"grpc.server.keep-alive-timeout=5s"))
			.containsExactly("spring.grpc.server.keepalive.time=30s", "spring.grpc.server.keepalive.timeout=5s");
		assertThat(move("grpc.client.x.enable-keep-alive=true", "grpc.client.x.keep-alive-time=30",
				"grpc.client.x.keep-alive-timeout=5", "grpc.client.x.keep-alive-without-calls=true"))
			.containsExactly("spring.grpc.client.channel.x.keepalive.time=30s",
					"spring.grpc.client.channel.x.keepalive.timeout=5s",
					"spring.grpc.client.channel.x.keepalive.without-calls=true");
	}

	@Test
	void aChannelsKeepAliveWithoutATimeKeepsNetDevhs() {
		assertThat(move("grpc.client.x.enable-keep-alive=true"))
			.containsExactly("spring.grpc.client.channel.x.keepalive.time=60s");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "address=static://localhost:9091|target=static://localhost:9091",
			"address=dns:///ledger:9091|target=dns:///ledger:9091", "address=in-process:test|target=in-process:test",
			"default-load-balancing-policy=pick_first|default.load-balancing-policy=pick_first",
			"max-inbound-message-size=-1|inbound.message.max-size=2147483647B",
			"maxInboundMetadataSize=16KB|inbound.metadata.max-size=16KB", "user-agent=a|user-agent=a" })
	void theChannelIsSpringBoots(String before, String after) {
		assertThat(move("grpc.client.Ledger." + before)).containsExactly("spring.grpc.client.channel.Ledger." + after);
	}

	@Test
	void aTargetThatWasReachedOverTlsIsHeardToNeedUs() {
		String address = "grpc.client.x.address=static://localhost:9091";
		assertThat(Move.of(List.of(setting(address)))).allMatch(Setting::isMarked);
		assertThat(Move.of(List.of(setting(address), setting("grpc.client.x.negotiation-type=TLS"))))
			.allMatch(Setting::isMarked);
		assertThat(Move.of(List.of(setting(address), setting("grpc.client.x.negotiation-type=PLAINTEXT"))))
			.noneMatch(Setting::isMarked);
		assertThat(Move.of(List.of(setting(address), setting("grpc.client.GLOBAL.negotiation-type=plaintext"))))
			.noneMatch(Setting::isMarked);
		assertThat(Move.of(List.of(setting("grpc.client.x.address=in-process:test")))).noneMatch(Setting::isMarked);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "negotiation-type=PLAINTEXT|plaintext=loopback",
			"negotiationType=plaintext_upgrade|plaintext=loopback", "security.client-auth-enabled=false|cert=none",
			"security.trust-cert-collection=file:ca.crt|ca=file:ca.crt",
			"security.authority-override=ledger.internal|server-name=ledger.internal" })
	void theChannelsTlsIsOurs(String before, String after) {
		assertThat(move("grpc.client.x." + before)).containsExactly("secure-grpc.client.channels.x." + after);
	}

	@Test
	void aCertificateThatTheChannelPresentedMoves() {
		assertThat(move("grpc.client.x.security.client-auth-enabled=true",
				"grpc.client.x.security.certificate-chain=file:a.crt", "grpc.client.x.security.private-key=a.key",
				"grpc.client.x.security.private-key-password=secret"))
			.containsExactly("secure-grpc.client.channels.x.cert=file:a.crt",
					"secure-grpc.client.channels.x.key=classpath:a.key",
					"secure-grpc.client.channels.x.key-password=secret");
	}

	@Test
	void whatAllChannelsInheritIsRepeatedForThoseThatAreNamed() {
		assertThat(move("grpc.client.GLOBAL.max-inbound-message-size=1MB",
				"grpc.client.GLOBAL.negotiation-type=PLAINTEXT", "grpc.client.a.address=static://localhost:1",
				"grpc.client.b.address=static://localhost:2", "grpc.client.b.max-inbound-message-size=2MB"))
			.containsExactly("spring.grpc.client.channel.default.inbound.message.max-size=1MB",
					"secure-grpc.client.plaintext=loopback", "spring.grpc.client.channel.a.target=static://localhost:1",
					"spring.grpc.client.channel.b.target=static://localhost:2",
					"spring.grpc.client.channel.b.inbound.message.max-size=2MB",
					"spring.grpc.client.channel.a.inbound.message.max-size=1MB");
	}

	@Test
	void movedOnceIsMovedForGood() {
		List<Setting> once = Move.of(List.of(setting("grpc.client.GLOBAL.address=static://localhost:1"),
				setting("grpc.client.a.immediate-connect-timeout=1s"),
				setting("grpc.client.GLOBAL.keep-alive-time=1s")));
		assertThat(Move.of(once)).isEqualTo(once);
	}

	private static List<String> move(String... lines) {
		List<Setting> settings = new ArrayList<>();
		for (String line : lines) {
			settings.add(setting(line));
		}
		return Move.of(settings).stream().map((setting) -> setting.key() + "=" + setting.value()).toList();
	}

	private static Setting setting(String line) {
		int sign = line.indexOf('=');
		return new Setting(List.of(), line.substring(0, sign),
				new Text(line.substring(sign + 1), line.substring(sign + 1)));
	}

}
