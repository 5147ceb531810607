package io.github.securegrpc.migration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

import static org.openrewrite.java.Assertions.java;

class PropertyNamesTests implements RewriteTest {

	private static final String CODE = """
			class Own {

			    String key = %s"%s";

			}
			""";

	@Override
	public void defaults(RecipeSpec spec) {
		spec.recipe(new MovePropertyNames());
	}

	@ParameterizedTest
	@ValueSource(strings = { "grpc", "grpc.port", "see grpc.server.port", "spring.grpc.server.port",
			"${my.grpc.server.port}", "grpc.client.x" })
	void otherStringsStay(String text) {
		rewriteRun(java(CODE.formatted("", text)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "grpc.server.security.enabled=true", "grpc.client.x.negotiation-type=PLAINTEXT",
			"grpc.server.port=-1", "grpc.client.x.address=static://localhost:9090", "${grpc.server.unheard-of:1}",
			"grpc.server.shutdown-grace-period=5" })
	void whatHasNoCounterpartOfTheSameValueIsMarkedOnce(String text) {
		String marked = CODE.formatted("/* MIGRATE: no counterpart of the same value */ ", text);
		rewriteRun(java(CODE.formatted("", text), marked));
		rewriteRun(java(marked));
	}

	@ParameterizedTest
	@CsvSource({ "grpc.server.port=0, spring.grpc.server.port=0", "grpc.server.port, spring.grpc.server.port",
			"${grpc.server.port}, ${spring.grpc.server.port}",
			"${grpc.server.inProcessName:test}, ${spring.grpc.server.inprocess.name:test}",
			"grpc.client.x.address=in-process:test, spring.grpc.client.channel.x.target=in-process:test" })
	void keysMove(String before, String after) {
		rewriteRun(java(CODE.formatted("", before), CODE.formatted("", after)));
	}

	@Test
	void keysMoveInAnnotations() {
		rewriteRun(java("""
				@SuppressWarnings({ "grpc.server.port=0", "other" })
				class Own {

				}
				""", """
				@SuppressWarnings({ "spring.grpc.server.port=0", "other" })
				class Own {

				}
				"""));
	}

}
