package io.github.securegrpc.sample.ledger;

import java.util.Objects;

import net.devh.boot.grpc.client.inject.GrpcClient;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

import io.github.securegrpc.sample.ledger.proto.TransactorGrpc;

/**
 * The built-in client, over the channel {@code ledger} of net.devh's.
 */
@Component
@Profile("ledger")
@ConditionalOnBooleanProperty(name = "sample.client.enabled", matchIfMissing = true)
class LedgerClient implements ApplicationRunner {

	private final Resource journal;

	// by field: net.devh makes the channels of constructor parameters before other beans
	@GrpcClient("ledger")
	private TransactorGrpc.@Nullable TransactorBlockingStub stub;

	LedgerClient(@Value("${sample.client.journal}") Resource journal) {
		this.journal = journal;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		new JournalPoster(Objects.requireNonNull(this.stub)).post(this.journal);
	}

}
