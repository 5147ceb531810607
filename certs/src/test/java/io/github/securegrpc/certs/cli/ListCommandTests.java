package io.github.securegrpc.certs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.certs.Depot;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ListCommand}.
 */
class ListCommandTests {

	private final Terminal terminal;

	private final Depot depot;

	ListCommandTests(@TempDir Path directory) {
		this.terminal = new Terminal(directory);
		this.depot = this.terminal.depot();
		this.terminal.environment.put("CA_PASSPHRASE", "secret");
	}

	@BeforeEach
	void issue() {
		inDepot("init");
		inDepot("issue", "long", "--expires", "300d", "--dns", "long.example.com");
		inDepot("issue", "short", "--expires", "10d");
		inDepot("issue", "gone", "--expires", "400d");
	}

	@Test
	void worstIsFirstAndNobodyIsAskedForAPassphrase() {
		inDepot("revoke", "gone");
		this.terminal.clock.advance(Duration.ofDays(11));
		List<String> lines = list(0);
		assertThat(lines).hasSize(5);
		assertThat(lines.get(0)).startsWith("expired 24 hours ago").contains("  short   dns:short, dns:localhost");
		assertThat(lines.get(1)).startsWith("19 days left").contains("  CA.crl  the list of revoked certificates");
		assertThat(lines.get(2)).startsWith("289 days left").contains("  long    dns:long.example.com");
		assertThat(lines.get(3)).startsWith("3641 days left").contains("  CA      the authority CN=CA");
		assertThat(lines.get(4)).startsWith("revoked").contains("  gone    dns:gone");
		assertThat(this.terminal.questions).isEmpty();
	}

	@Test
	void leafThatIsDueIsToldSo() {
		this.terminal.clock.advance(Duration.ofDays(7));
		assertThat(list(0).get(0)).startsWith("3 days left: renew it").contains("  short ");
	}

	@Test
	void whatARenewalReplacedIsStillThere() {
		inDepot("renew", "long", "--expires", "350d");
		assertThat(list(0))
			.anySatisfy((line) -> assertThat(line).startsWith("300 days left")
				.contains("  long    replaced, and valid all the same, serial "))
			.anySatisfy((line) -> assertThat(line).startsWith("350 days left").contains("  long    dns:long"));
	}

	@Test
	void leafOfAnotherAuthorityIsNotListed() {
		inDepot("init", "--ca", "other");
		inDepot("issue", "foreign", "--ca", "other");
		assertThat(list(0)).noneMatch((line) -> line.contains("foreign"));
		assertThat(this.terminal.inDepot("list", "--ca", "other")).isZero();
		assertThat(this.terminal.out().lines()).hasSize(3).anyMatch((line) -> line.contains("foreign"));
	}

	@Test
	void listThatIsMissingIsToldFirst() throws Exception {
		Files.delete(this.depot.revocations("CA"));
		assertThat(list(0).get(0)).startsWith("due now").contains("CA.crl", "secure-grpc-certs revoke");
	}

	@Test
	void fileThatCannotBeReadHidesNoOther() throws Exception {
		Files.writeString(this.depot.certificate("short"), "garbage");
		assertThat(list(1)).hasSize(5);
		assertThat(this.terminal.err()).contains("short.crt: ", "(expected: a PEM certificate)");
		Files.writeString(this.depot.directory().resolve("long.issued"), "garbage");
		assertThat(list(1)).hasSize(5).anyMatch((line) -> line.contains("  long "));
		assertThat(this.terminal.err()).contains("short.crt: ", "long.issued: ");
	}

	private List<String> list(int exitCode) {
		assertThat(this.terminal.inDepot("list")).as(this.terminal.err()).isEqualTo(exitCode);
		return this.terminal.out().lines().toList();
	}

	private void inDepot(String command, String... more) {
		String[] arguments = new String[more.length + 3];
		arguments[0] = command;
		System.arraycopy(more, 0, arguments, 1, more.length);
		arguments[more.length + 1] = "--passphrase-env";
		arguments[more.length + 2] = "CA_PASSPHRASE";
		assertThat(this.terminal.inDepot(arguments)).as(this.terminal.err()).isZero();
	}

}
