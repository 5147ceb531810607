package io.github.securegrpc.sample.ledger;

import org.springframework.context.annotation.Profile;
import org.springframework.grpc.server.service.GrpcService;

/**
 * The ledger, served by Spring Boot's own gRPC server.
 */
@GrpcService
@Profile("ledger")
class BootGrpcLedger extends LedgerTransactor {

	BootGrpcLedger(Ledger ledger) {
		super(ledger);
	}

}
