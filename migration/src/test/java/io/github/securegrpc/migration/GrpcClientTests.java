package io.github.securegrpc.migration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

import static org.openrewrite.java.Assertions.java;

class GrpcClientTests implements RewriteTest {

	private static final String MARK = "/* MIGRATE: no counterpart: take Spring's GrpcChannelFactory and make the stub, "
			+ "<service>Grpc.newBlockingStub(channels.createChannel(<name>)); ChannelBuilderOptions has interceptors */ ";

	@Override
	public void defaults(RecipeSpec spec) {
		spec.recipe(new ReplaceGrpcClient()).parser(JavaSources.parser());
	}

	@Test
	void anAnnotationOfTheSameNameStays() {
		rewriteRun(java("""
				package com.example;

				class Postings {

					@GrpcClient("ledger")
					private Object ledger;

					@interface GrpcClient {

						String value();

					}

				}
				"""));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			@GrpcClient(value = "ledger", interceptors = ClientInterceptor.class) | private LedgerBlockingStub ledger;
			@GrpcClient(value = "ledger", interceptorNames = "own") | private LedgerBlockingStub ledger;
			@GrpcClient("ledger") | private Object ledger;
			@GrpcClient("ledger") | private LedgerBlockingStub one, other;
			@GrpcClient("ledger") | void setLedger(LedgerBlockingStub ledger) { }
			""")
	void anotherUseIsMarked(String annotation, String annotated) {
		String code = """
				package com.example;

				import com.example.proto.LedgerGrpc.LedgerBlockingStub;
				import io.grpc.ClientInterceptor;
				import net.devh.boot.grpc.client.inject.GrpcClient;

				class Postings {

					%s%s
					%s

				}
				""";
		rewriteRun(JavaSources.generated(),
				java(code.formatted("", annotation, annotated), code.formatted(MARK, annotation, annotated)));
	}

	@Test
	void aParameterIsMarked() {
		String code = """
				package com.example;

				import com.example.proto.LedgerGrpc.LedgerBlockingStub;
				import net.devh.boot.grpc.client.inject.GrpcClient;

				class Postings {

					Postings(%s@GrpcClient("ledger") LedgerBlockingStub ledger) {
					}

				}
				""";
		rewriteRun(JavaSources.generated(), java(code.formatted(""), code.formatted(MARK)));
	}

	@Test
	void aBeanIsMarkedOnceAndForAll() {
		String code = """
				package com.example;

				import com.example.proto.LedgerGrpc.LedgerBlockingStub;
				import net.devh.boot.grpc.client.inject.GrpcClient;
				import net.devh.boot.grpc.client.inject.GrpcClientBean;

				%s@GrpcClientBean(clazz = LedgerBlockingStub.class, beanName = "ledger", client = @GrpcClient("ledger"))
				class Clients {

				}
				""";
		String marked = code
			.formatted("/* MIGRATE: no counterpart: @ImportGrpcClients(target = <name>, types = <stub>.class), "
					+ "whose bean has another name, or a @Bean that takes a GrpcChannelFactory */ ");
		rewriteRun(JavaSources.generated(), java(code.formatted(""), marked));
		rewriteRun(JavaSources.generated(), java(marked));
	}

	@ParameterizedTest
	@CsvSource({ "LedgerBlockingStub, newBlockingStub", "LedgerBlockingV2Stub, newBlockingV2Stub",
			"LedgerFutureStub, newFutureStub", "LedgerStub, newStub" })
	void aStubIsMadeOfSpringsChannel(String type, String method) {
		rewriteRun(JavaSources.generated(), JavaSources.changed("""
				package com.example;

				import com.example.proto.LedgerGrpc.%1$s;
				import net.devh.boot.grpc.client.inject.GrpcClient;
				import org.springframework.stereotype.Service;

				@Service
				class Postings {

					@GrpcClient("ledger")
					private %1$s ledger;

					Object stub() {
						return this.ledger;
					}

				}
				""".formatted(type), """
				package com.example;

				import com.example.proto.LedgerGrpc;
				import com.example.proto.LedgerGrpc.%1$s;
				import org.springframework.beans.factory.annotation.Autowired;
				import org.springframework.grpc.client.GrpcChannelFactory;
				import org.springframework.stereotype.Service;

				@Service
				class Postings {

					private %1$s ledger;

					Object stub() {
						return this.ledger;
					}

					@Autowired
					private void connectLedger(GrpcChannelFactory channels) {
						this.ledger = LedgerGrpc.%2$s(channels.createChannel("ledger"));
					}

				}
				""".formatted(type, method)));
	}

	@Test
	void aChannelIsSprings() {
		rewriteRun(JavaSources.changed("""
				package com.example;

				import io.grpc.Channel;
				import net.devh.boot.grpc.client.inject.GrpcClient;

				class Postings {

					static final String LEDGER = "ledger";

					@GrpcClient(value = LEDGER)
					Channel channel;

				}
				""", """
				package com.example;

				import io.grpc.Channel;
				import org.springframework.beans.factory.annotation.Autowired;
				import org.springframework.grpc.client.GrpcChannelFactory;

				class Postings {

					static final String LEDGER = "ledger";

					Channel channel;

					@Autowired
					private void connectChannel(GrpcChannelFactory channels) {
						this.channel = channels.createChannel(LEDGER);
					}

				}
				"""));
	}

	@Test
	void severalFieldsOfAnInnerClassToo() {
		rewriteRun(JavaSources.generated(), JavaSources.changed("""
				package com.example;

				import com.example.proto.LedgerGrpc;
				import net.devh.boot.grpc.client.inject.GrpcClient;

				class Outer {

					static class Postings {

						@GrpcClient("ledger")
						protected LedgerGrpc.LedgerBlockingStub ledger;

						// the other
						@Deprecated
						@GrpcClient("audit")
						LedgerGrpc.LedgerStub audit;

					}

				}
				""", """
				package com.example;

				import com.example.proto.LedgerGrpc;
				import org.springframework.beans.factory.annotation.Autowired;
				import org.springframework.grpc.client.GrpcChannelFactory;

				class Outer {

					static class Postings {

						protected LedgerGrpc.LedgerBlockingStub ledger;

						// the other
						@Deprecated
						LedgerGrpc.LedgerStub audit;

						@Autowired
						private void connectLedger(GrpcChannelFactory channels) {
							this.ledger = LedgerGrpc.newBlockingStub(channels.createChannel("ledger"));
						}

						@Autowired
						private void connectAudit(GrpcChannelFactory channels) {
							this.audit = LedgerGrpc.newStub(channels.createChannel("audit"));
						}

					}

				}
				"""));
	}

}
