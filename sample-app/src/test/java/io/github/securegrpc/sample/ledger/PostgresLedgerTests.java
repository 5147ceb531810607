package io.github.securegrpc.sample.ledger;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import io.github.securegrpc.sample.ledger.store.BooksException;
import io.github.securegrpc.sample.ledger.store.OpenBooks;
import io.github.securegrpc.sample.ledger.store.PostgresServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The same books in a PostgreSQL, where one is installed, which two ledgers can share.
 */
@EnabledIf("isInstalled")
class PostgresLedgerTests {

	@SuppressWarnings("NullAway.Init")
	private static PostgresServer server;

	static boolean isInstalled() {
		return PostgresServer.isInstalled();
	}

	@BeforeAll
	static void start() throws Exception {
		server = new PostgresServer();
	}

	@AfterAll
	static void stop() throws Exception {
		server.remove();
	}

	private static OpenBooks onServer() {
		return new OpenBooks("--spring.datasource.url=" + server.url());
	}

	@Nested
	class Rules extends LedgerTests {

		@Override
		OpenBooks openBooks(Path directory) {
			return onServer();
		}

	}

	@Nested
	class Concurrent extends ConcurrentLedgerTests {

		@Override
		OpenBooks openBooks(Path directory) {
			return onServer();
		}

		@Test
		void twoLedgersKeepTheSameBooks() throws Exception {
			try (OpenBooks others = onServer()) {
				Ledger other = new Ledger(others.books());
				together(Collections.nCopies(4, () -> postAndVoid(ledger())),
						Collections.nCopies(4, () -> postAndVoid(other)));
				assertThat(other.listing(EVER)).hasSize(8 * 20 * 2).isEqualTo(ledger().listing(EVER));
				assertThat(other.trialBalance(EVER).balances())
					.allSatisfy((balance) -> assertThat(balance.amount().units()).isZero());
			}
		}

		@Test
		void whatIsPostedOutlivesTheServer() throws Exception {
			ledger().post(transaction("2026-01-01", 1, -1));
			server.crash();
			assertThatExceptionOfType(BooksException.class)
				.isThrownBy(() -> ledger().post(transaction("2026-01-01", 1, -1)));
			server.restart();
			Awaitility.await()
				.ignoreExceptionsInstanceOf(BooksException.class)
				.until(() -> ledger().listing(EVER).equals(List.of(transaction("2026-01-01", 1, -1))));
			ledger().post(transaction("2026-01-01", 1, -1));
		}

		private static void postAndVoid(Ledger ledger) {
			for (int i = 0; i < 20; i++) {
				ledger.voidTransaction(ledger.post(transaction("2026-01-01", 1, -1)));
			}
		}

	}

}
