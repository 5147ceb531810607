package io.github.securegrpc.peer;

import java.util.ArrayList;
import java.util.List;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a call leaves in the logging context of its thread.
 */
class PeerMdcInterceptorTests {

	private static final X509Bundle CLIENT = TestCertificates.client(TestCertificates.authority("ca"));

	private final List<String> seen = new ArrayList<>();

	@AfterEach
	void clear() {
		MDC.clear();
	}

	@Test
	void whatTheThreadHadComesBack() throws Exception {
		MDC.put("peer", "of another call");
		ServerCall.Listener<String> listener = start();
		assertThat(MDC.get("peer")).isEqualTo("of another call");
		listener.onHalfClose();
		assertThat(MDC.get("peer")).isEqualTo("of another call");
		assertThat(this.seen).containsExactly("dns:client", "dns:client");
	}

	@Test
	void nothingStaysWhereNothingWas() throws Exception {
		start().onHalfClose();
		assertThat(MDC.get("peer")).isNull();
		assertThat(this.seen).containsExactly("dns:client", "dns:client");
	}

	private ServerCall.Listener<String> start() throws Exception {
		return Context.current()
			.withValue(PeerIdentity.KEY, new PeerIdentity(List.of(CLIENT.getCertificate())))
			.call(() -> new PeerMdcInterceptor().interceptCall(new RecordedCall(Attributes.EMPTY, new ArrayList<>()),
					new Metadata(), (call, headers) -> {
						this.seen.add(MDC.get("peer"));
						return new ServerCall.Listener<>() {

							@Override
							public void onHalfClose() {
								PeerMdcInterceptorTests.this.seen.add(MDC.get("peer"));
							}

						};
					}));
	}

}
