package io.github.securegrpc.certs.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.certs.AuthorityRequest;
import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.KeyAlgorithm;
import io.github.securegrpc.certs.LeafRequest;
import io.github.securegrpc.certs.MutableClock;
import io.github.securegrpc.certs.Openssl;
import io.github.securegrpc.certs.SubjectAlternativeName;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for authorities whose key has a passphrase, also as other tools write it.
 */
class EncryptedKeyTests {

	private static final Passphrase PASSPHRASE = Passphrase.of("geheim äöü".toCharArray());

	private final MutableClock clock = new MutableClock();

	private final Path directory;

	private final Depot depot;

	EncryptedKeyTests(@TempDir Path directory) {
		this.directory = directory;
		this.depot = Depot.certstrap(directory);
	}

	@ParameterizedTest
	@EnumSource(names = { "EC_P256", "RSA_2048", "ED25519" })
	void encryptedAuthorityOpensWithItsPassphraseOnly(KeyAlgorithm algorithm) throws Exception {
		CertificateAuthority created = CertificateAuthority.create(this.depot.encrypting(PASSPHRASE),
				AuthorityRequest.named("CA").withKeyAlgorithm(algorithm), this.clock);
		assertThat(this.depot.key("CA")).content().startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
		assertThat(open((file) -> PASSPHRASE).certificate()).isEqualTo(created.certificate());
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> open(PassphraseSource.NONE))
			.withMessageContaining("CA.key: an encrypted private key (expected: ");
		Throwable refusal = catchThrowable(() -> open((file) -> Passphrase.of("falsch".toCharArray())));
		assertThat(refusal).isInstanceOf(RefusedException.class)
			.hasMessageContaining("CA.key: an encrypted private key that the passphrase does not open");
		assertThat(refusal).hasNoCause();
		assertThat(Openssl.in(this.directory).run("pkey", "-in", "CA.key", "-noout", "-passin", "pass:geheim äöü"))
			.isEmpty();
	}

	@Test
	void leafOfAnEncryptedAuthorityHasNoPassphrase() {
		CertificateAuthority authority = CertificateAuthority.create(this.depot.encrypting(PASSPHRASE),
				AuthorityRequest.named("CA"), this.clock);
		authority.issueTo(this.depot, LeafRequest.client("client", SubjectAlternativeName.dns("client")));
		assertThat(this.depot.key("client")).content().startsWith("-----BEGIN PRIVATE KEY-----");
	}

	@ParameterizedTest
	@ValueSource(strings = { "rsa -traditional -des3", "rsa -traditional -aes128", "rsa -traditional -aes256",
			"pkcs8 -topk8 -v2 aes-256-cbc", "pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA1",
			"pkcs8 -topk8 -v2 aes-192-cbc -v2prf hmacWithSHA512", "pkcs8 -topk8 -v2 des3", "pkcs8 -topk8 -scrypt",
			"pkcs8 -topk8 -v1 PBE-SHA1-3DES" })
	void keyThatOpensslEncryptedOpens(String command) throws Exception {
		Openssl openssl = Openssl.in(this.directory);
		openssl.run("genrsa", "-out", "plain.key", "2048");
		openssl.run("req", "-x509", "-new", "-key", "plain.key", "-subj", "/CN=CA", "-out", "CA.crt");
		openssl.run((command + " -in plain.key -out CA.key -passout pass:secret").split(" "));
		assertThat(this.depot.key("CA")).content().contains("ENCRYPTED");
		assertThat(open((file) -> Passphrase.of("secret".toCharArray()))).isNotNull();
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> open((file) -> Passphrase.of("wrong".toCharArray())));
	}

	@ParameterizedTest
	@Timeout(10)
	@MethodSource("greedyDerivations")
	void fileThatAsksForTooMuchIsRefusedAtOnce(KeyDerivationFunc derivation) throws Exception {
		PBES2Parameters parameters = new PBES2Parameters(derivation,
				new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(new byte[16])));
		byte[] key = new EncryptedPrivateKeyInfo(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters),
				new byte[64])
			.getEncoded();
		CertificateAuthority.create(this.depot, AuthorityRequest.named("CA"), this.clock);
		Files.write(this.depot.key("CA"), Pem.encode(new PemObject("ENCRYPTED PRIVATE KEY", key)));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> open((file) -> PASSPHRASE));
	}

	static Stream<KeyDerivationFunc> greedyDerivations() {
		byte[] salt = new byte[16];
		return Stream.of(
				new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(salt, Integer.MAX_VALUE)),
				new KeyDerivationFunc(MiscObjectIdentifiers.id_scrypt, new ScryptParams(salt, 1 << 28, 8, 1)),
				new KeyDerivationFunc(MiscObjectIdentifiers.id_scrypt, new ScryptParams(salt, 16, 1, 1 << 30)));
	}

	@Test
	void passphraseIsAskedForOnlyWhenItIsNeeded() throws IOException {
		CertificateAuthority.create(this.depot, AuthorityRequest.named("CA"), this.clock);
		assertThat(open((file) -> {
			throw new IllegalStateException("asked for " + file);
		})).isNotNull();
		assertThat(Files.readString(this.depot.key("CA"))).doesNotContain("ENCRYPTED");
	}

	@Test
	void passphraseIsNeverPrinted() {
		assertThat(PASSPHRASE).hasToString("****");
	}

	private CertificateAuthority open(PassphraseSource passphrases) {
		return CertificateAuthority.open(this.depot.opening(passphrases), "CA", this.clock);
	}

}
