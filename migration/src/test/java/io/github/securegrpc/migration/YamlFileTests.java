package io.github.securegrpc.migration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;
import org.openrewrite.test.SourceSpec;

import static org.openrewrite.yaml.Assertions.yaml;

class YamlFileTests implements RewriteTest {

	@Override
	public void defaults(RecipeSpec spec) {
		spec.recipe(new MoveYamlFiles());
	}

	@Test
	void filesThatSpringBootDoesNotReadStay() {
		rewriteRun(yaml("grpc:\n  server:\n    port: 9091\n", (source) -> source.path("deployment.yml")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "grpc:\n  port: 9091\n", "spring:\n  grpc:\n    server:\n      port: 9091\n", "- grpc\n",
			"grpc:\n", "grpc:\n  server: &server\n    port: 9091\n", "grpc:\n  server:\n    port: &port 9091\n",
			"grpc:\n  server:\n    address: |\n      127.0.0.1\n" })
	void whatIsNotOfNetDevhOrNotPlainStays(String document) {
		rewriteRun(yaml(document, YamlFileTests::inApplication));
	}

	@Test
	void keysMoveWithTheirCommentsAndQuotes() {
		rewriteRun(yaml("""
				# of the application
				grpc:
				  server:
				    # for the gateway
				    port: 9091 # not 9090
				    max-inbound-message-size: "10MB"
				  client:
				    ledger:
				      address: 'static://localhost:9091'
				      negotiation-type: plaintext
				logging:
				  level:
				    root: info
				""", """
				# of the application
				spring:
				  grpc:
				    server:
				      # for the gateway
				      # not 9090
				      port: 9091
				      inbound:
				        message:
				          max-size: "10MB"
				    client:
				      channel:
				        ledger:
				          target: 'static://localhost:9091'
				secure-grpc:
				  client:
				    channels:
				      ledger:
				        plaintext: loopback
				logging:
				  level:
				    root: info
				""", YamlFileTests::inApplication));
	}

	@Test
	void whatADocumentHasIsNotWrittenTwice() {
		rewriteRun(yaml("""
				spring:
				  application:
				    name: ledger
				grpc.server.port: 9091
				secure-grpc.server:
				  ciphers: []
				""", """
				spring:
				  application:
				    name: ledger
				spring.grpc:
				  server:
				    port: 9091
				secure-grpc.server:
				  ciphers: []
				""", YamlFileTests::inApplication));
	}

	@Test
	void listsAndWhatIsNotPlainAreWritten() {
		rewriteRun(yaml("""
				grpc:
				  server:
				    security:
				      ciphers:
				        - TLS_A
				        - TLS_B
				      protocols: [TLSv1.3]
				      certificate-chain: "our tls.crt"
				""", """
				secure-grpc:
				  server:
				    ciphers: TLS_A,TLS_B
				    protocols: TLSv1.3
				    cert: 'classpath:our tls.crt'
				""", YamlFileTests::inApplication));
	}

	@Test
	void whatHasNoCounterpartStaysAndIsMarked() {
		rewriteRun(yaml("""
				spring:
				  application:
				    name: ledger

				grpc:
				  client:
				    ledger:
				      address: discovery:///ledger
				""",
				"""
						spring:
						  application:
						    name: ledger

						grpc:
						  client:
						    ledger:
						      # MIGRATE: no counterpart: Spring Boot has no resolver for it. Set spring.grpc.client.channel.ledger.target to what it stood for
						      address: discovery:///ledger
						""",
				YamlFileTests::inApplication));
	}

	@Test
	void theDocumentsOfAFileKeepApart() {
		rewriteRun(yaml("""
				grpc:
				  server:
				    port: 9091
				---
				spring.config.activate.on-profile: test
				grpc:
				  server:
				    port: 0
				    security:
				      enabled: true
				---
				grpc.server.security.enabled: true
				""", """
				spring:
				  grpc:
				    server:
				      port: 9091
				---
				spring.config.activate.on-profile: test
				spring:
				  grpc:
				    server:
				      port: 0
				---
				""", YamlFileTests::inApplication));
	}

	private static void inApplication(SourceSpec<?> source) {
		source.path("src/main/resources/application.yaml");
	}

}
