package io.github.securegrpc.migration;

import org.openrewrite.java.JavaParser;
import org.openrewrite.test.SourceSpecs;

import static org.openrewrite.java.Assertions.java;

/**
 * What the tests' applications are compiled with.
 */
final class JavaSources {

	private static final String[] JARS = { "grpc-api", "grpc-stub", "grpc-server-spring-boot-starter",
			"grpc-client-spring-boot-starter", "grpc-common-spring-boot", "spring-grpc-core", "spring-beans",
			"spring-context", "spring-core" };

	private JavaSources() {
	}

	static JavaParser.Builder<?, ?> parser() {
		return JavaParser.fromJavaVersion().classpath(JARS);
	}

	// A file that changes, indented as the formatter takes for granted.
	static SourceSpecs changed(String before, String after) {
		return java(before.replace("\t", "    "), after.replace("\t", "    "));
	}

	// As the generator writes it.
	static SourceSpecs generated() {
		return java("""
				package com.example.proto;

				import io.grpc.CallOptions;
				import io.grpc.Channel;
				import io.grpc.stub.AbstractAsyncStub;
				import io.grpc.stub.AbstractBlockingStub;
				import io.grpc.stub.AbstractFutureStub;

				public final class LedgerGrpc {

					public static LedgerStub newStub(Channel channel) {
						return new LedgerStub(channel, CallOptions.DEFAULT);
					}

					public static LedgerBlockingStub newBlockingStub(Channel channel) {
						return new LedgerBlockingStub(channel, CallOptions.DEFAULT);
					}

					public static LedgerBlockingV2Stub newBlockingV2Stub(Channel channel) {
						return new LedgerBlockingV2Stub(channel, CallOptions.DEFAULT);
					}

					public static LedgerFutureStub newFutureStub(Channel channel) {
						return new LedgerFutureStub(channel, CallOptions.DEFAULT);
					}

					public static final class LedgerStub extends AbstractAsyncStub<LedgerStub> {

						private LedgerStub(Channel channel, CallOptions options) {
							super(channel, options);
						}

						@Override
						protected LedgerStub build(Channel channel, CallOptions options) {
							return new LedgerStub(channel, options);
						}

					}

					public static final class LedgerBlockingStub extends AbstractBlockingStub<LedgerBlockingStub> {

						private LedgerBlockingStub(Channel channel, CallOptions options) {
							super(channel, options);
						}

						@Override
						protected LedgerBlockingStub build(Channel channel, CallOptions options) {
							return new LedgerBlockingStub(channel, options);
						}

					}

					public static final class LedgerBlockingV2Stub extends AbstractBlockingStub<LedgerBlockingV2Stub> {

						private LedgerBlockingV2Stub(Channel channel, CallOptions options) {
							super(channel, options);
						}

						@Override
						protected LedgerBlockingV2Stub build(Channel channel, CallOptions options) {
							return new LedgerBlockingV2Stub(channel, options);
						}

					}

					public static final class LedgerFutureStub extends AbstractFutureStub<LedgerFutureStub> {

						private LedgerFutureStub(Channel channel, CallOptions options) {
							super(channel, options);
						}

						@Override
						protected LedgerFutureStub build(Channel channel, CallOptions options) {
							return new LedgerFutureStub(channel, options);
						}

					}

				}
				""");
	}

}
