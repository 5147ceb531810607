package io.github.securegrpc.certs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.securegrpc.certs.key.CertificateFile;
import io.github.securegrpc.certs.key.KeyEncoding;
import io.github.securegrpc.certs.key.NewFile;
import io.github.securegrpc.certs.key.Passphrase;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Properties of whatever reads a file of the user's: what is damaged is either read or
 * refused with the name of the file, and nothing else ever comes out.
 */
@Timeout(120)
class PemPropertyTests {

	private static final Passphrase PASSPHRASE = Passphrase.of("secret".toCharArray());

	private static final int MUTATIONS = Integer.getInteger("pem.mutations", 200);

	@ParameterizedTest
	@MethodSource("seeds")
	void damagedFileIsReadOrRefused(byte[] seed, @TempDir Path directory) throws Exception {
		Random random = new Random(Arrays.hashCode(seed));
		Path file = directory.resolve("file");
		for (int i = 0; i < MUTATIONS; i++) {
			check(file, mutate(seed, random));
		}
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void fileCutOffAnywhereIsReadOrRefused(byte[] seed, @TempDir Path directory) throws Exception {
		Path file = directory.resolve("file");
		for (int length = 0; length < seed.length; length += 1 + seed.length / 100) {
			check(file, Arrays.copyOf(seed, length));
		}
	}

	@ParameterizedTest
	@MethodSource("bottomless")
	void nestingWithoutEndIsRefused(byte[] content, @TempDir Path directory) throws Exception {
		check(directory.resolve("file"), content);
	}

	private static void check(Path file, byte[] content) throws Exception {
		Files.write(file, content);
		check(file, content, () -> read(file));
		check(file, content, () -> SigningRequest.read(file).sans());
	}

	private static void check(Path file, byte[] content, ThrowingCallable reading) {
		assertThatCode(reading).as("%s", Base64.getEncoder().encodeToString(content))
			.satisfiesAnyOf((thrown) -> assertThat(thrown).isNull(),
					(thrown) -> assertThat(thrown).isInstanceOf(RefusedException.class)
						.hasMessageStartingWith(file + ": "));
	}

	private static void read(Path file) {
		CertificateFile found = CertificateFile.read(file, (path) -> PASSPHRASE);
		found.keys().forEach((key) -> key.open((path) -> PASSPHRASE));
	}

	private static byte[] mutate(byte[] seed, Random random) {
		byte[] mutated = seed.clone();
		for (int i = 0; i <= random.nextInt(4); i++) {
			int at = random.nextInt(mutated.length);
			if (random.nextBoolean()) {
				mutated[at] ^= (byte) (1 << random.nextInt(8));
			}
			if (random.nextInt(3) == 0) {
				mutated[at] = (byte) random.nextInt(256);
			}
			if (random.nextInt(4) == 0) {
				mutated = Arrays.copyOf(mutated, Math.max(1, mutated.length - random.nextInt(8)));
			}
			if (random.nextInt(4) == 0) {
				int length = Math.min(random.nextInt(16), mutated.length / 2);
				System.arraycopy(mutated, random.nextInt(mutated.length - length + 1), mutated,
						random.nextInt(mutated.length - length + 1), length);
			}
		}
		return mutated;
	}

	static Stream<byte[]> seeds() throws Exception {
		Path directory = Files.createTempDirectory("pem-properties");
		Depot depot = Depot.certstrap(directory);
		CertificateAuthority authority = CertificateAuthority.create(depot, AuthorityRequest.named("CA"),
				new MutableClock());
		Identity ec = authority.issueTo(depot, LeafRequest.peer("ec", SubjectAlternativeName.dns("localhost")));
		PrivateKey rsa = KeyAlgorithm.RSA_2048.generate().getPrivate();
		authority.revoke(depot, "ec", RevocationReason.SUPERSEDED);
		Path store = directory.resolve("store.p12");
		new NewFile(store).writePkcs12(ec, "alias", PASSPHRASE);
		return Stream.of(Files.readAllBytes(depot.certificate("ec")), Files.readAllBytes(depot.key("ec")),
				Files.readAllBytes(depot.request("ec")), Files.readAllBytes(depot.revocations("CA")),
				KeyEncoding.SEC1.encode(ec.privateKey(), null), KeyEncoding.SEC1.encode(ec.privateKey(), PASSPHRASE),
				KeyEncoding.PKCS1.encode(rsa, null), ec.leaf().getEncoded(), ec.privateKey().getEncoded(),
				rsa.getEncoded(), Files.readAllBytes(store));
	}

	static Stream<byte[]> bottomless() {
		byte[] nested = new byte[300_000];
		for (int i = 0; i < nested.length; i++) {
			nested[i] = (byte) ((i % 2 == 0) ? 0x30 : 0x80);
		}
		List<String> labels = List.of("CERTIFICATE", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY",
				"EC PRIVATE KEY", "X509 CRL", "CERTIFICATE REQUEST", "PUBLIC KEY", "PKCS7", "EC PARAMETERS");
		return Stream.concat(Stream.of(nested),
				labels.stream()
					.map((label) -> "-----BEGIN %s-----\n%s\n-----END %s-----\n"
						.formatted(label, Base64.getMimeEncoder().encodeToString(nested), label)
						.getBytes(StandardCharsets.US_ASCII)));
	}

}
