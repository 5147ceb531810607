package io.github.securegrpc.sample.ledger;

import net.devh.boot.grpc.server.service.GrpcService;
import org.springframework.context.annotation.Profile;

/**
 * The ledger, served by net.devh's server.
 */
@GrpcService
@Profile("ledger")
class TransactorGrpcService extends LedgerTransactor {

	TransactorGrpcService(Ledger ledger) {
		super(ledger);
	}

}
