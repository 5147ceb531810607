package io.github.securegrpc.sample.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.sample.SampleApplication;
import io.github.securegrpc.sample.ledger.proto.DeleteRequest;
import io.github.securegrpc.sample.ledger.proto.TBLine;
import io.github.securegrpc.sample.ledger.proto.Transaction;
import io.github.securegrpc.sample.ledger.proto.TransactionResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Eight clients that post, void and delete, and a ledger that is killed and started
 * again: what was acknowledged is there, what was deleted is not, and the trial balance
 * is zero.
 */
class LedgerKillTests {

	private static final List<String> CURRENCIES = List.of("USD", "AUD", "BTC");

	private static final int POSTS = 4_000;

	private static final int THREADS = 8;

	private static final int KILLS = 4;

	private final int port = TestSocketUtils.findAvailableTcpPort();

	private final AtomicInteger posted = new AtomicInteger();

	/* How often a description must be listed; absent where no answer said. */
	private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();

	private final Map<String, Integer> voided = new ConcurrentHashMap<>();

	@TempDir
	Path directory = Path.of("");

	@Test
	void whatWasAcknowledgedIsThereThoughTheLedgerIsKilled() throws Exception {
		Random random = new Random();
		Bookkeeper.issue(this.directory);
		Process ledger = start();
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try (Bookkeeper bookkeeper = new Bookkeeper(this.directory, this.port)) {
			List<Future<?>> done = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				String name = "client " + i;
				done.add(threads.submit((Callable<Object>) () -> post(bookkeeper, name)));
			}
			for (int kill = 1; kill <= KILLS; kill++) {
				int from = kill * POSTS / (KILLS + 1) + random.nextInt(POSTS / 10);
				Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> this.posted.get() >= from);
				ledger.destroyForcibly().waitFor();
				ledger = start();
				bookkeeper.connect();
				check(bookkeeper, Map.copyOf(this.acknowledged), Map.copyOf(this.voided));
			}
			for (Future<?> thread : done) {
				thread.get();
			}
			ledger.destroyForcibly().waitFor();
			ledger = start();
			bookkeeper.connect();
			check(bookkeeper, this.acknowledged, this.voided);
		}
		finally {
			threads.shutdownNow();
			ledger.destroyForcibly().waitFor();
		}
		System.out.printf("%d posts of %d threads, %d kills: %d known to be there or deleted, %d voided%n",
				this.posted.get(), THREADS, KILLS + 1, this.acknowledged.size(), this.voided.size());
		assertThat(this.acknowledged.values()).contains(0, 1);
		assertThat(this.voided).hasSizeGreaterThan(POSTS / 20);
	}

	private Object post(Bookkeeper bookkeeper, String name) {
		Random random = new Random();
		for (int i = 0; this.posted.get() < POSTS; i++) {
			String description = name + ", " + i;
			String currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
			String identifier = answer(() -> bookkeeper.ledger()
				.addTransaction(Bookkeeper.transaction(description, currency, random.nextInt(1_000) + 1L)));
			if (identifier == null) {
				continue;
			}
			this.posted.incrementAndGet();
			DeleteRequest request = DeleteRequest.newBuilder().setIdentifier(identifier).build();
			switch (random.nextInt(5)) {
				case 0 -> {
					if (answer(() -> bookkeeper.ledger().deleteTransaction(request)) != null) {
						this.acknowledged.put(description, 0);
					}
				}
				case 1 -> {
					this.acknowledged.put(description, 1);
					if (answer(() -> bookkeeper.ledger().voidTransaction(request)) != null) {
						this.voided.put("Void: " + description, 1);
					}
				}
				default -> this.acknowledged.put(description, 1);
			}
		}
		return "done";
	}

	/* Nothing, when it was killed before its answer came. */
	private static @Nullable String answer(Supplier<TransactionResponse> call) {
		try {
			return call.get().getMessage();
		}
		catch (StatusRuntimeException ex) {
			if (ex.getStatus().getCode() != Status.Code.UNAVAILABLE) {
				throw ex;
			}
			return null;
		}
	}

	private static void check(Bookkeeper bookkeeper, Map<String, Integer> acknowledged, Map<String, Integer> voided) {
		Map<String, Long> listed = bookkeeper.listing()
			.stream()
			.collect(Collectors.groupingBy(Transaction::getDescription, Collectors.counting()));
		assertThat(listed.values()).allMatch((times) -> times == 1);
		Stream.of(acknowledged, voided)
			.forEach((known) -> assertThat(known)
				.allSatisfy((description, times) -> assertThat(listed.getOrDefault(description, 0L)).as(description)
					.isEqualTo(times.longValue())));
		Map<String, Long> sums = bookkeeper.trialBalance()
			.stream()
			.collect(Collectors.groupingBy(TBLine::getCurrency, Collectors.summingLong(TBLine::getAmount)));
		assertThat(sums).hasSize(CURRENCIES.size()).allSatisfy((currency, sum) -> assertThat(sum).isZero());
	}

	private Process start() throws IOException {
		Path log = this.directory.resolve("log");
		Files.deleteIfExists(log);
		Process process = new ProcessBuilder(Stream
			.of(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
					"-cp", System.getProperty("java.class.path"), SampleApplication.class.getName(),
					"--sample.client.enabled=false"), Bookkeeper.arguments(this.directory, this.port).stream())
			.flatMap(Function.identity())
			.toList()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> !process.isAlive() || Files.readString(log).contains("Started SampleApplication"));
		assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
		return process;
	}

}
