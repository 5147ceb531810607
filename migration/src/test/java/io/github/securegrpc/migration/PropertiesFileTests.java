package io.github.securegrpc.migration;

import org.junit.jupiter.api.Test;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

import static org.openrewrite.properties.Assertions.properties;

class PropertiesFileTests implements RewriteTest {

	@Override
	public void defaults(RecipeSpec spec) {
		spec.recipe(new MovePropertiesFiles());
	}

	@Test
	void filesThatSpringBootDoesNotReadStay() {
		rewriteRun(properties("grpc.server.port=9091\n", (source) -> source.path("messages.properties")));
	}

	@Test
	void filesWithoutKeysOfNetDevhStay() {
		rewriteRun(properties("#comment\nspring.grpc.server.port = 9091\n", PropertiesFileTests::inApplication));
	}

	@Test
	void keysMoveWithTheirComments() {
		rewriteRun(properties("""
				# of the application
				spring.application.name = ledger

				# for the gateway
				grpc.server.port = 9091
				#grpc.server.port = 9092
				""", """
				# of the application
				spring.application.name = ledger

				# for the gateway
				spring.grpc.server.port = 9091
				#grpc.server.port = 9092
				""", PropertiesFileTests::inApplication));
	}

	@Test
	void whatHasNoCounterpartIsMarked() {
		rewriteRun(properties("""
				grpc.server.port=-1
				spring.application.name=ledger
				""", """
				# MIGRATE: no counterpart: Spring Boot's server listens, or there is none at all
				grpc.server.port=-1
				spring.application.name=ledger
				""", PropertiesFileTests::inApplication));
	}

	@Test
	void theDocumentsOfAFileKeepApart() {
		rewriteRun(properties("""
				grpc.client.GLOBAL.max-inbound-message-size=1MB
				#---
				spring.config.activate.on-profile=test
				grpc.client.ledger.address=in-process:test
				""", """
				spring.grpc.client.channel.default.inbound.message.max-size=1MB
				#---
				spring.config.activate.on-profile=test
				spring.grpc.client.channel.ledger.target=in-process:test
				""", PropertiesFileTests::inApplication));
	}

	@Test
	void nothingIsLeftOfDefaults() {
		rewriteRun(properties("""
				a=b
				grpc.server.security.enabled=true
				c=d
				""", """
				a=b
				c=d
				""", (source) -> source.path("src/main/resources/application-production.properties")));
	}

	private static void inApplication(org.openrewrite.test.SourceSpec<?> source) {
		source.path("src/main/resources/application.properties");
	}

}
