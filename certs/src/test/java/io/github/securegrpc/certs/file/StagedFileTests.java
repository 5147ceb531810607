package io.github.securegrpc.certs.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.certs.AuthorityRequest;
import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.MutableClock;
import io.github.securegrpc.certs.file.StagedFile.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that a {@link StagedFile} never takes a name that is taken, and that nothing is
 * left of one whose process was killed.
 */
class StagedFileTests {

	private static final int RACES = 300;

	private final Path directory;

	private final Path target;

	StagedFileTests(@TempDir Path directory) {
		this.directory = directory;
		this.target = directory.resolve("a.key");
	}

	@Test
	void fasterWriterWins() throws IOException {
		StagedFile staged = stage("slower");
		Files.writeString(this.target, "faster");
		assertThat(catchThrowable(staged::create)).isInstanceOf(FileAlreadyExistsException.class);
		assertThat(this.target).hasContent("faster");
		assertThat(files()).containsExactly("a.key");
	}

	@Test
	void fasterWriterWinsAlsoWithoutHardLinks() throws IOException {
		StagedFile staged = stage("slower");
		Files.writeString(this.target, "faster");
		assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(staged::createWithoutLink);
		assertThat(this.target).hasContent("faster");
	}

	@Test
	void oneOfTwoWinsWithoutHardLinks() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(2);
		try {
			for (int race = 0; race < RACES; race++) {
				CyclicBarrier start = new CyclicBarrier(2);
				List<String> winners = executor.invokeAll(List.of(writer("one", start), writer("two", start)))
					.stream()
					.map(StagedFileTests::result)
					.filter((winner) -> !winner.isEmpty())
					.toList();
				assertThat(winners).hasSize(1);
				assertThat(this.target).hasContent(winners.get(0));
				Files.delete(this.target);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void failureWithoutHardLinksLeavesNothing() throws IOException {
		StagedFile staged = stage("lost");
		staged.discard();
		assertThat(catchThrowable(staged::create)).isInstanceOf(IOException.class);
		assertThat(files()).isEmpty();
	}

	@Test
	void secondLinkToALiveKeyIsRemovedByTheNextWrite() throws IOException {
		Depot depot = Depot.certstrap(this.directory);
		CertificateAuthority authority = CertificateAuthority.create(depot, AuthorityRequest.named("CA"),
				new MutableClock());
		String key = Files.readString(depot.key("CA"));
		Files.createLink(this.directory.resolve(".CA.key.1.secure-grpc.tmp"), depot.key("CA"));
		authority.crl();
		assertThat(files()).containsExactlyInAnyOrder("CA.key", "CA.crt", "CA.crl", "CA.revoked", ".lock");
		assertThat(depot.key("CA")).hasContent(key);
	}

	private Callable<String> writer(String content, CyclicBarrier start) {
		return () -> {
			StagedFile staged = stage(content);
			start.await();
			try {
				staged.createWithoutLink();
				return content;
			}
			catch (FileAlreadyExistsException ex) {
				return "";
			}
		};
	}

	private static String result(Future<String> future) {
		try {
			return future.get();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private StagedFile stage(String content) throws IOException {
		return StagedFile.write(this.target, Mode.SECRET, content.getBytes(StandardCharsets.US_ASCII));
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
	}

}
