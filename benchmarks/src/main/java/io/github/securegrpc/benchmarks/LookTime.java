package io.github.securegrpc.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.util.Assert;

import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.TlsMaterialSource;
import io.github.securegrpc.material.check.MaterialCheck;
import io.github.securegrpc.material.source.MaterialSources;
import io.github.securegrpc.rotation.Outcome;
import io.github.securegrpc.rotation.RotatingMaterial;

/**
 * What a look costs that finds the same files: by far the most of all looks.
 */
public final class LookTime {

	private static final String PASSWORD = "password";

	private static final String SCHEME = "PBEWithHmacSHA256AndAES_256";

	private static final int ITERATIONS = 600_000;

	private static final int WARM_UP = 20;

	private static final int ROUNDS = 60;

	private LookTime() {
	}

	/**
	 * Measures and prints.
	 * @param args none
	 * @throws Exception if anything fails
	 */
	public static void main(String[] args) throws Exception {
		System.out.printf("%-22s %34s%n", "key", "unchanged look, ms median [min..max]");
		measure("P-256", Algorithm.ecp256, false);
		measure("RSA-4096", Algorithm.rsa4096, false);
		measure("P-256, PBKDF2 600,000", Algorithm.ecp256, true);
	}

	private static void measure(String name, Algorithm algorithm, boolean encrypted) throws Exception {
		Path directory = Files.createTempDirectory("look-time");
		BenchmarkPki pki = new BenchmarkPki(directory, algorithm);
		if (encrypted) {
			encrypt(directory.resolve("server.key"), pki.serverKey());
		}
		MaterialLevel level = new MaterialLevel("secure-grpc.server", directory.resolve("server.crt").toString(),
				directory.resolve("server.key").toString(), PASSWORD, directory.resolve("ca.crt").toString(), null,
				null, null);
		TlsMaterialSource source = Objects
			.requireNonNull(new MaterialSources(DefaultSslBundleRegistry::new).resolve(List.of(level), null));
		RotatingMaterial material = new RotatingMaterial("server", source,
				new MaterialCheck(MaterialCheck.Side.SERVER, Clock.systemUTC()), Clock.systemUTC());
		long[] nanos = new long[ROUNDS];
		for (int i = -WARM_UP; i < ROUNDS; i++) {
			long start = System.nanoTime();
			Outcome outcome = material.reload();
			long end = System.nanoTime();
			Assert.state(outcome instanceof Outcome.Unchanged, "changed");
			if (i >= 0) {
				nanos[i] = end - start;
			}
		}
		Arrays.sort(nanos);
		System.out.printf("%-22s %34s%n", name, "%.3f [%.3f..%.3f]".formatted(nanos[nanos.length / 2] / 1e6,
				nanos[0] / 1e6, nanos[nanos.length - 1] / 1e6));
	}

	private static void encrypt(Path file, PrivateKey key) throws Exception {
		byte[] salt = new byte[16];
		new SecureRandom().nextBytes(salt);
		Cipher cipher = Cipher.getInstance(SCHEME);
		cipher.init(Cipher.ENCRYPT_MODE,
				SecretKeyFactory.getInstance(SCHEME).generateSecret(new PBEKeySpec(PASSWORD.toCharArray())),
				new PBEParameterSpec(salt, ITERATIONS));
		AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
		parameters.init(cipher.getParameters().getEncoded());
		EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(key.getEncoded()));
		Files.writeString(file, "-----BEGIN ENCRYPTED PRIVATE KEY-----\n%s\n-----END ENCRYPTED PRIVATE KEY-----\n"
			.formatted(Base64.getMimeEncoder().encodeToString(info.getEncoded())));
	}

}
