package io.github.securegrpc.sample.ledger;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.Resource;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.stereotype.Component;

import io.github.securegrpc.sample.ledger.proto.TransactorGrpc;

/**
 * The built-in client, over the channel {@code ledger} of Spring Boot's own gRPC.
 */
@Component
@Profile("ledger")
@ConditionalOnBooleanProperty(name = "sample.client.enabled", matchIfMissing = true)
class BootGrpcLedgerClient implements ApplicationRunner {

	private final Resource journal;

	private final TransactorGrpc.TransactorBlockingStub stub;

	BootGrpcLedgerClient(@Value("${sample.client.journal}") Resource journal, GrpcChannelFactory channels) {
		this.journal = journal;
		this.stub = TransactorGrpc.newBlockingStub(channels.createChannel("ledger"));
	}

	@Override
	public void run(ApplicationArguments arguments) {
		new JournalPoster(this.stub).post(this.journal);
	}

}
