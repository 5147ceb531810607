package io.github.securegrpc.certs.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Collections;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.certs.Depot;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TrustCommand}.
 */
class TrustCommandTests {

	private static final String SECRET = "changeit";

	private final Terminal terminal;

	private final Depot depot;

	private final Path store;

	private final Path passphrase;

	TrustCommandTests(@TempDir Path directory) throws Exception {
		this.terminal = new Terminal(directory);
		this.depot = this.terminal.depot();
		this.store = directory.resolve("trust.p12");
		this.passphrase = Files.writeString(directory.resolve("passphrase"), SECRET + "\n");
	}

	@BeforeEach
	void issue() {
		this.terminal.inDepot("mutual");
	}

	@Test
	void jvmTrustsTheAuthorityAndNobodyElse() throws Exception {
		assertThat(trust()).as(this.terminal.err()).isZero();
		assertThat(this.terminal.out()).contains("Wrote " + this.store, "trusts       CN=CA");
		TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
		factory.init(KeyStore.getInstance(this.store.toFile(), SECRET.toCharArray()));
		assertThat(((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers())
			.containsExactly(this.depot.read("CA").leaf());
	}

	@Test
	void keytoolListsATrustedEntry() throws Exception {
		trust();
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-J-Duser.language=en", "-list", "-keystore", this.store.toString(), "-storepass:file",
				this.passphrase.toString())
			.redirectErrorStream(true)
			.start();
		String answer = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(answer).contains("contains 1 entry", "ca,", "trustedCertEntry");
	}

	@Test
	void severalAuthoritiesHaveAnEntryEach() throws Exception {
		this.terminal.inDepot("init", "--ca", "other");
		String ca = this.depot.certificate("CA").toString();
		assertThat(trust(ca, this.depot.certificate("other").toString(), ca, "--alias", "ours")).isZero();
		assertThat(Collections.list(KeyStore.getInstance(this.store.toFile(), SECRET.toCharArray()).aliases()))
			.containsExactlyInAnyOrder("ours", "ours-2");
	}

	@Test
	void leafIsNoTrustAnchor() {
		assertThat(trust(this.depot.certificate("server").toString())).isOne();
		assertThat(this.terminal.err()).contains("trust.p12: not written, CN=server is not an authority");
		assertThat(trust(this.depot.key("server").toString())).isOne();
		assertThat(this.terminal.err()).contains("server.key: no certificate (expected: that of an authority)");
		assertThat(this.store).doesNotExist();
	}

	@Test
	void passphraseIsNeededAndIsThatOfConvert() throws Exception {
		assertThat(this.terminal.inDepot("trust", "--to", "pkcs12", "--out", this.store.toString())).isOne();
		assertThat(this.terminal.err()).contains("trust.p12: needs a passphrase", "--passphrase-file FILE");
		assertThat(this.store).doesNotExist();
		assertThat(this.terminal.inDepot("trust", "--to", "pkcs12", "--out", this.store.toString(),
				"--out-passphrase-file", this.passphrase.toString()))
			.isZero();
		byte[] content = Files.readAllBytes(this.store);
		assertThat(trust()).as("never over a file").isOne();
		assertThat(this.store).hasBinaryContent(content);
	}

	private int trust(String... more) {
		String[] arguments = new String[more.length + 7];
		String[] first = { "trust", "--to", "pkcs12", "--out", this.store.toString(), "--passphrase-file",
				this.passphrase.toString() };
		System.arraycopy(first, 0, arguments, 0, first.length);
		System.arraycopy(more, 0, arguments, first.length, more.length);
		return this.terminal.inDepot(arguments);
	}

}
