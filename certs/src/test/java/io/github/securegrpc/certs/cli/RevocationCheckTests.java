package io.github.securegrpc.certs.cli;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.Openssl;
import io.github.securegrpc.material.Identity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code check} says "not revoked" only by lists that can tell.
 */
class RevocationCheckTests {

	private final Path directory;

	private final Terminal terminal;

	private final Depot depot;

	RevocationCheckTests(@TempDir Path directory) {
		this.directory = directory;
		this.terminal = new Terminal(directory);
		this.depot = this.terminal.depot();
	}

	@BeforeEach
	void issue() {
		this.terminal.inDepot("init");
		this.terminal.inDepot("init", "--ca", "other");
		this.terminal.inDepot("issue", "node");
	}

	@Test
	void listOfAnotherAuthorityCannotTell() throws Exception {
		join("both.crt", this.depot.certificate("other"), this.depot.certificate("CA"));
		assertThat(this.terminal.inDepot("check", "node", "--ca-file", this.terminal.file("both.crt"), "--crl-file",
				this.depot.revocations("other").toString()))
			.isOne();
		assertThat(this.terminal.out()).contains("yes  reaches", "NO   not revoked by",
				"other.crl: no list that speaks of CN=node, but of [CN=other] (expected: one that its issuer signed, CN=CA)");
	}

	@Test
	void listsOfTwoAuthoritiesAreOneAnswer() throws Exception {
		join("both.crl", this.depot.revocations("other"), this.depot.revocations("CA"));
		assertThat(check("both.crl")).isZero();
		assertThat(this.terminal.out()).containsOnlyOnce("not revoked by");
		this.terminal.inDepot("revoke", "node");
		join("both.crl", this.depot.revocations("other"), this.depot.revocations("CA"));
		assertThat(check("both.crl")).isOne();
		assertThat(this.terminal.out()).contains("CN=node is revoked since");
	}

	@Test
	void newerListAnswersForAnOldOne() throws Exception {
		Path old = Files.copy(this.depot.revocations("CA"), this.directory.resolve("old.crl"));
		this.terminal.clock.advance(Duration.ofDays(31));
		this.terminal.inDepot("revoke");
		join("both.crl", old, this.depot.revocations("CA"));
		assertThat(check("both.crl")).isZero();
		assertThat(check("old.crl")).isOne();
		assertThat(this.terminal.out()).contains("old.crl: out of date since");
	}

	@Test
	void listThatIsNotCompleteIsRefused() throws Exception {
		write(draft(), Extension.deltaCRLIndicator, new CRLNumber(BigInteger.ONE));
		assertRefused("is a delta CRL");
		write(draft(), Extension.issuingDistributionPoint, new IssuingDistributionPoint(null, false, false,
				new ReasonFlags(ReasonFlags.keyCompromise), false, false));
		assertRefused("is of some reasons only");
		write(draft(), Extension.issuingDistributionPoint,
				new IssuingDistributionPoint(null, false, false, null, true, false));
		assertRefused("is indirect");
		write(draft(), Extension.issuingDistributionPoint,
				new IssuingDistributionPoint(null, false, true, null, false, false));
		assertRefused("no list that speaks of CN=node");
		write(new JcaX509v2CRLBuilder(this.depot.read("CA").leaf(), Date.from(now())), Extension.cRLNumber,
				new CRLNumber(BigInteger.ONE));
		assertRefused("does not say when the next one comes");
		write(draft(), Extension.cRLNumber, new CRLNumber(BigInteger.ONE));
		assertThat(check("draft.crl")).as(this.terminal.out()).isZero();
	}

	@Test
	void listOfAnAuthorityThatMaySignNoneIsRefused() throws Exception {
		Openssl openssl = Openssl.in(this.depot.directory());
		for (String usage : new String[] { "keyCertSign", "keyCertSign,cRLSign" }) {
			openssl.run("req", "-x509", "-key", "CA.key", "-subj", "/CN=CA", "-addext", "keyUsage=critical," + usage,
					"-out", "CA.crt");
			this.terminal.clock.advance(Duration.ofSeconds(5));
			write(draft(), Extension.cRLNumber, new CRLNumber(BigInteger.ONE));
			assertThat(check("draft.crl")).as(usage).isEqualTo(usage.contains("cRLSign") ? 0 : 1);
			assertThat(this.terminal.out()).contains("yes  reaches");
		}
	}

	@Test
	void revokedIntermediateIsAnsweredWithNo() throws Exception {
		Openssl openssl = Openssl.in(this.depot.directory());
		openssl.run("req", "-x509", "-key", "CA.key", "-subj", "/CN=CA", "-out", "CA.crt");
		openssl.run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "sub.key", "-subj", "/CN=sub", "-CA",
				"CA.crt", "-CAkey", "CA.key", "-out", "sub.crt");
		this.terminal.clock.advance(Duration.ofSeconds(5));
		openssl.run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "leaf.key", "-subj", "/CN=leaf", "-CA",
				"sub.crt", "-CAkey", "sub.key", "-addext", "basicConstraints=CA:FALSE", "-addext",
				"subjectAltName=DNS:leaf", "-out", "leaf.crt");
		join("chain.crt", this.depot.certificate("leaf"), this.depot.certificate("sub"));
		write(draft("sub"), Extension.cRLNumber, new CRLNumber(BigInteger.ONE), "sub");
		Path ofSub = Files.move(this.directory.resolve("draft.crl"), this.directory.resolve("sub.crl"));
		String[] check = { "check", "--cert", this.terminal.file("chain.crt"), "--ca-file",
				this.depot.certificate("CA").toString(), "--crl-file", this.terminal.file("both.crl") };
		for (boolean revoked : new boolean[] { false, true }) {
			X509v2CRLBuilder draft = draft();
			if (revoked) {
				draft.addCRLEntry(this.depot.read("sub").leaf().getSerialNumber(), Date.from(now()),
						CRLReason.cACompromise);
			}
			write(draft, Extension.cRLNumber, new CRLNumber(BigInteger.ONE));
			join("both.crl", ofSub, this.directory.resolve("draft.crl"));
			assertThat(this.terminal.type(check)).as(this.terminal.out()).isEqualTo(revoked ? 1 : 0);
		}
		assertThat(this.terminal.out()).contains("yes  reaches", "CN=sub is revoked since");
	}

	private void assertRefused(String reason) {
		assertThat(check("draft.crl")).as(reason).isOne();
		assertThat(this.terminal.out()).contains("NO   not revoked by", reason);
	}

	private int check(String list) {
		return this.terminal.inDepot("check", "node", "--crl-file", this.terminal.file(list));
	}

	private void join(String name, Path... files) throws Exception {
		StringBuilder content = new StringBuilder();
		for (Path file : files) {
			content.append(Files.readString(file));
		}
		Files.writeString(this.directory.resolve(name), content);
	}

	private Instant now() {
		return this.terminal.clock.instant();
	}

	private X509v2CRLBuilder draft() {
		return draft("CA");
	}

	private X509v2CRLBuilder draft(String issuer) {
		return new JcaX509v2CRLBuilder(this.depot.read(issuer).leaf(), Date.from(now()))
			.setNextUpdate(Date.from(now().plus(Duration.ofDays(1))));
	}

	private void write(X509v2CRLBuilder draft, ASN1ObjectIdentifier extension, ASN1Encodable value) throws Exception {
		write(draft, extension, value, "CA");
	}

	private void write(X509v2CRLBuilder draft, ASN1ObjectIdentifier extension, ASN1Encodable value, String issuer)
			throws Exception {
		Identity signer = this.depot.read(issuer);
		draft.addExtension(extension, !extension.equals(Extension.cRLNumber), value);
		StringWriter text = new StringWriter();
		try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
			writer.writeObject(draft.build(new JcaContentSignerBuilder(
					signer.privateKey().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA")
				.build(signer.privateKey())));
		}
		Files.writeString(this.directory.resolve("draft.crl"), text.toString());
	}

}
