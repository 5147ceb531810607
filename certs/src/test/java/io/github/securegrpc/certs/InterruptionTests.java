package io.github.securegrpc.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.certs.key.CertificateFile;
import io.github.securegrpc.certs.key.PassphraseSource;
import io.github.securegrpc.certs.key.PemFile;
import io.github.securegrpc.certs.key.PublicKeys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an authority killed at any moment leaves no half file, loses no key, and
 * keeps what it has said to be done.
 */
class InterruptionTests {

	private static final int KILLS = 12;

	private final Random random = new Random(42);

	private final Depot depot;

	private final Path steps;

	InterruptionTests(@TempDir Path parent) {
		this.depot = Depot.certstrap(parent.resolve("depot"));
		this.steps = parent.resolve("steps");
	}

	@Test
	void killedAuthorityLeavesWholeFilesAndGoesOn() throws Exception {
		Map<Path, String> keys = new HashMap<>();
		for (int kill = 0; kill < KILLS; kill++) {
			runAndKill("leaf-%d-".formatted(kill));
			checkFiles(keys);
			checkSteps();
			checkLeftovers();
		}
		assertThat(Files.readAllLines(this.steps)).as("steps done").hasSizeGreaterThan(KILLS);
		assertThat(keys).hasSizeGreaterThan(KILLS);
	}

	@Test
	void keyLeftWithoutItsLeafIsTakenUp() throws Exception {
		CertificateAuthority authority = CertificateAuthority.create(this.depot, AuthorityRequest.named("CA"),
				Clock.systemUTC());
		LeafRequest request = LeafRequest.client("leaf", SubjectAlternativeName.dns("client"));
		this.depot.addKey("leaf", KeyAlgorithm.EC_P256);
		String key = Files.readString(this.depot.key("leaf"));
		authority.issueTo(this.depot, request);
		assertThat(this.depot.key("leaf")).hasContent(key);
		assertThat(this.depot.read("leaf")).isNotNull();
	}

	private void runAndKill(String prefix) throws IOException, InterruptedException {
		Path log = Files.createTempFile("issuing", ".log");
		long before = Files.exists(this.steps) ? Files.size(this.steps) : 0;
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), IssuingProcess.class.getName(),
				this.depot.directory().toString(), this.steps.toString(), prefix)
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			for (int wait = 0; process.isAlive() && wait < 3000; wait++) {
				if (Files.exists(this.steps) && Files.size(this.steps) > before) {
					break;
				}
				TimeUnit.MILLISECONDS.sleep(10);
			}
			TimeUnit.MILLISECONDS.sleep(this.random.nextInt(60));
			assertThat(process.isAlive()).as("still at work: %s", Files.readString(log)).isTrue();
		}
		finally {
			process.destroyForcibly();
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	private void checkFiles(Map<Path, String> keys) throws IOException {
		try (Stream<Path> files = Files.list(this.depot.directory())) {
			for (Path file : files.toList()) {
				String name = file.getFileName().toString();
				if (name.startsWith(".")) {
					continue; // not in place yet, see checkLeftovers
				}
				if (name.endsWith(".key")) {
					assertThat(PemFile.privateKey(file, PassphraseSource.NONE)).as(name).isNotNull();
					assertThat(keys.getOrDefault(file, Files.readString(file))).as(name)
						.isEqualTo(Files.readString(file));
					keys.put(file, Files.readString(file));
				}
				else if (name.endsWith(".csr")) {
					assertThat(SigningRequest.read(file).publicKey()).as(name)
						.isEqualTo(PublicKeys
							.of(PemFile.privateKey(this.depot.key(name.replace(".csr", "")), PassphraseSource.NONE)));
				}
				else if (name.endsWith(".crt")) {
					assertThat(this.depot.read(name.replace(".crt", ""))).as(name).isNotNull();
					assertThat(name.equals("CA.crt") || Files.exists(this.depot.request(name.replace(".crt", ""))))
						.as("%s after its request", name)
						.isTrue();
				}
				else if (name.endsWith(".issued")) {
					assertThat(CertificateFile.read(file, PassphraseSource.NONE).certificates()).as(name).isNotEmpty();
				}
				else {
					assertThat(PemFile.revocations(file)).as(name).isNotNull();
				}
			}
		}
		assertThat(keys.keySet()).allMatch(Files::exists);
	}

	private void checkLeftovers() throws IOException {
		CertificateAuthority.open(this.depot, "CA", Clock.systemUTC()).crl();
		try (Stream<Path> files = Files.list(this.depot.directory())) {
			assertThat(files.map((file) -> file.getFileName().toString())).as("after the next command")
				.filteredOn((name) -> name.startsWith("."))
				.containsExactly(".lock");
		}
	}

	private List<X509Certificate> issued(String name) {
		return CertificateFile.read(this.depot.issued(name), PassphraseSource.NONE).certificates();
	}

	private void checkSteps() throws IOException {
		CertificateAuthority authority = CertificateAuthority.open(this.depot, "CA", Clock.systemUTC());
		Path list = this.depot.revocations("CA");
		for (List<String> step : Files.readAllLines(this.steps)
			.stream()
			.map((line) -> List.of(line.split(" ", -1)))
			.toList()) {
			X509Certificate leaf = this.depot.read(step.get(1)).leaf();
			assertThat(leaf.getIssuerX500Principal()).isEqualTo(authority.certificate().getSubjectX500Principal());
			assertThat(issued(step.get(1))).as(step.get(1)).contains(leaf);
			if (step.get(0).equals("revoked")) {
				X509CRL revoked = PemFile.revocations(list).get(0);
				assertThat(issued(step.get(1))).as(step.get(1))
					.hasSize(2)
					.allMatch((certificate) -> revoked.getRevokedCertificate(certificate) != null);
			}
		}
	}

}
