package io.github.securegrpc.sample.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.sample.SampleApplication;
import io.github.securegrpc.sample.ledger.proto.AccountTagRequest;
import io.github.securegrpc.sample.ledger.proto.CurrencyRequest;
import io.github.securegrpc.sample.ledger.proto.DeleteAccountTagRequest;
import io.github.securegrpc.sample.ledger.proto.DeleteCurrencyRequest;
import io.github.securegrpc.sample.ledger.proto.DeleteRequest;
import io.github.securegrpc.sample.ledger.proto.ReconciliationRequest;
import io.github.securegrpc.sample.ledger.proto.TBLine;
import io.github.securegrpc.sample.ledger.proto.Transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/**
 * The whole ledger, stopped and started, with books that it can use and others.
 */
@ExtendWith(OutputCaptureExtension.class)
class LedgerRestartTests {

	private final int port = TestSocketUtils.findAvailableTcpPort();

	@TempDir
	private Path directory = Path.of("");

	@BeforeEach
	void issue() {
		Bookkeeper.issue(this.directory);
	}

	@Test
	void whatEachMethodDidIsThereAfterARestart() throws Exception {
		List<Transaction> listing;
		List<TBLine> balance;
		String agreed;
		try (ConfigurableApplicationContext context = start("--sample.client.enabled=false");
				Bookkeeper bookkeeper = new Bookkeeper(this.directory, this.port)) {
			assertThat(context.getBeansOfType(DataSource.class)).hasSize(1);
			assertThat(rights(context.getEnvironment().getRequiredProperty("sample.ledger.directory")))
				.isEqualTo("rwx------");
			assertThat(bookkeeper.trialBalance()).isEmpty();
			refused(Status.Code.NOT_FOUND, () -> bookkeeper.ledger()
				.deleteCurrency(DeleteCurrencyRequest.newBuilder().setCurrency("XTS").build()));
			refused(Status.Code.NOT_FOUND, () -> bookkeeper.ledger()
				.deleteAccount(DeleteAccountTagRequest.newBuilder().setAccount("rehearsal").build()));
			bookkeeper.ledger().addCurrency(CurrencyRequest.newBuilder().setCurrency("EUR").setDecimals(2).build());
			bookkeeper.ledger().deleteCurrency(DeleteCurrencyRequest.newBuilder().setCurrency("OXEN").build());
			bookkeeper.ledger().addAccount(AccountTagRequest.newBuilder().setAccount("a").addTag("cash").build());
			bookkeeper.ledger().addTag(AccountTagRequest.newBuilder().setAccount("a").addTag("till").build());
			bookkeeper.ledger().deleteTag(DeleteAccountTagRequest.newBuilder().setAccount("a").addTag("cash").build());
			agreed = post(bookkeeper, "agreed");
			bookkeeper.ledger()
				.voidTransaction(DeleteRequest.newBuilder().setIdentifier(post(bookkeeper, "voided")).build());
			bookkeeper.ledger()
				.deleteTransaction(DeleteRequest.newBuilder().setIdentifier(post(bookkeeper, "deleted")).build());
			bookkeeper.ledger().reconcileTransactions(reconciliation(agreed));
			listing = bookkeeper.listing();
			balance = bookkeeper.trialBalance();
		}
		assertThat(listing).extracting(Transaction::getDescription).containsExactly("agreed", "voided", "Void: voided");
		assertThat(balance)
			.extracting(TBLine::getAccountname, TBLine::getAmount, (line) -> line.getTagsList().toString())
			.containsExactly(tuple("a", 5L, "[till]"), tuple("b", -5L, "[]"));
		try (ConfigurableApplicationContext context = start("--sample.client.enabled=false");
				Bookkeeper bookkeeper = new Bookkeeper(this.directory, this.port)) {
			assertThat(context.isRunning()).isTrue();
			assertThat(bookkeeper.listing()).isEqualTo(listing);
			assertThat(bookkeeper.trialBalance()).isEqualTo(balance);
			refused(Status.Code.FAILED_PRECONDITION,
					() -> bookkeeper.ledger().reconcileTransactions(reconciliation(agreed)));
			refused(Status.Code.FAILED_PRECONDITION, () -> bookkeeper.ledger()
				.deleteTransaction(DeleteRequest.newBuilder().setIdentifier(agreed).build()));
			refused(Status.Code.NOT_FOUND, () -> bookkeeper.ledger()
				.deleteCurrency(DeleteCurrencyRequest.newBuilder().setCurrency("OXEN").build()));
		}
	}

	@Test
	@SuppressWarnings("try")
	void journalIsPostedOnceWhateverIsStarted(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(output).containsOnlyOnce("Trial balance of 73 transactions: EUR 0.00");
		}
		try (ConfigurableApplicationContext context = start()) {
			assertThat(output).contains("the journal is not posted again");
			assertThat(output.getAll().split("Trial balance of 73 transactions: EUR 0.00, .* - balanced", -1))
				.hasSize(3);
		}
	}

	@Test
	void callIsNotAnsweredWhileTheDatabaseFails(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = start("--sample.client.enabled=false");
				Bookkeeper bookkeeper = new Bookkeeper(this.directory, this.port)) {
			post(bookkeeper, "before");
			context.getBean(HikariDataSource.class).close();
			for (Runnable call : List.<Runnable>of(() -> post(bookkeeper, "lost"), bookkeeper::listing,
					bookkeeper::trialBalance)) {
				assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(call::run)
					.withMessage("UNAVAILABLE: the books cannot be read or written now; see GetListing before posting "
							+ "once more");
			}
			assertThat(output).contains("A call has failed").contains("has been closed");
		}
	}

	@Test
	void booksThatAnotherHasOpenDoNotStart(CapturedOutput output) throws Exception {
		Path file = Files.createDirectories(this.directory.resolve("books")).resolve("books.mv.db");
		try (FileChannel books = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
				FileLock lock = books.lock()) {
			assertThat(lock.isValid()).isTrue();
			assertThatThrownBy(() -> start("--sample.client.enabled=false")).isNotNull();
		}
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Database may be already in use: \"" + file)
			.contains("Stop the application that has the file open");
	}

	@Test
	void serverThatIsNotThereDoesNotStart(CapturedOutput output) {
		assertThatThrownBy(
				() -> start("--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/ledger?user=u&password=secret"))
			.isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("spring.datasource.url: \"jdbc:postgresql://127.0.0.1:1/ledger\" cannot be opened")
			.contains("Connection to 127.0.0.1:1 refused")
			.doesNotContain("secret");
	}

	@Test
	void fileThatIsNoDatabaseDoesNotStart(CapturedOutput output) throws Exception {
		Files.createDirectories(this.directory.resolve("books"));
		Files.writeString(this.directory.resolve("books/books.mv.db"), "hello ".repeat(10_000));
		assertThatThrownBy(() -> start("--sample.client.enabled=false")).isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("spring.datasource.url: \"jdbc:h2:file:" + this.directory)
			.contains("sample.ledger.directory");
		assertThat(this.directory.resolve("books/books.mv.db")).hasContent("hello ".repeat(10_000));
	}

	private static String post(Bookkeeper bookkeeper, String description) {
		return bookkeeper.ledger().addTransaction(Bookkeeper.transaction(description, "USD", 5)).getMessage();
	}

	private static ReconciliationRequest reconciliation(String identifier) {
		return ReconciliationRequest.newBuilder().addSplitID(identifier + "/1").build();
	}

	private static void refused(Status.Code code, Runnable call) {
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(call::run)
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(code));
	}

	private ConfigurableApplicationContext start(String... more) {
		List<String> arguments = new ArrayList<>(Bookkeeper.arguments(this.directory, this.port));
		arguments.addAll(Arrays.asList(more));
		return run(arguments);
	}

	private static String rights(String directory) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(directory)));
	}

	private static ConfigurableApplicationContext run(List<String> arguments) {
		return new SpringApplication(SampleApplication.class).run(arguments.toArray(String[]::new));
	}

}
