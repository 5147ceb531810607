package io.github.securegrpc.material.source;

import java.io.ByteArrayInputStream;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;

import io.github.securegrpc.material.CrlPolicy;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.RevocationLists;

/**
 * Revocation lists from a file, in PEM or DER.
 */
record FileRevocationLists(Location crl, CrlPolicy policy) implements FileParser<RevocationLists> {

	private static final int DER_SEQUENCE = 0x30;

	/* Each is verified with every trust anchor of its issuer's name. */
	private static final int MOST_LISTS = 256;

	@Override
	public List<Location> locations() {
		return List.of(this.crl);
	}

	@Override
	public RevocationLists parse(List<byte[]> contents) {
		byte[] content = contents.get(0);
		if (content.length > 0 && content[0] == DER_SEQUENCE) {
			return new RevocationLists(parse(content, 1), this.policy);
		}
		PemFile file = PemFile.parse(this.crl, content);
		file.warnOfOthers(PemBlock::isCrl);
		List<X509CRL> lists = new ArrayList<>();
		for (PemBlock block : file.blocks(PemBlock::isCrl)) {
			lists.addAll(parse(decode(block, lists.size() + 1), lists.size() + 1));
		}
		if (lists.isEmpty()) {
			throw new RefusedException(
					"%s holds no revocation list, only %s (expected: -----BEGIN X509 CRL-----, or DER)"
						.formatted(this.crl, file.labels()),
					"Point %s at the CRL of the CA; without revocation lists remove it."
						.formatted(this.crl.property()));
		}
		return new RevocationLists(lists, this.policy);
	}

	private byte[] decode(PemBlock block, int number) {
		try {
			return block.der();
		}
		catch (IllegalArgumentException ex) {
			throw broken(number, "is not base64 between its BEGIN and END lines", ex);
		}
	}

	/* DER names its length, so that one list may follow another. */
	private List<X509CRL> parse(byte[] der, int first) {
		List<X509CRL> lists = new ArrayList<>();
		ByteArrayInputStream stream = new ByteArrayInputStream(der);
		while (stream.available() > 0) {
			try {
				lists.add((X509CRL) CertificateFactory.getInstance("X.509").generateCRL(stream));
			}
			catch (CRLException | CertificateException | RuntimeException ex) {
				throw broken(first + lists.size(), "cannot be decoded, " + reason(der, ex), ex);
			}
			if (first + lists.size() > MOST_LISTS + 1) {
				throw new RefusedException("%s holds more than %d revocation lists (expected: one or a few of each CA)"
					.formatted(this.crl, MOST_LISTS), "Leave out the lists of CAs that no peer comes from.");
			}
		}
		return lists;
	}

	private static String reason(byte[] der, Exception ex) {
		DerKind kind = DerKind.of(der);
		return (kind != DerKind.REVOCATION_LIST && kind != DerKind.BROKEN) ? "it is %s".formatted(kind.words())
				: "the JVM says: %s".formatted(ex.getMessage());
	}

	private RefusedException broken(int number, String what, Exception cause) {
		return new RefusedException(
				"revocation list %d in %s %s (expected: an X.509 CRL)".formatted(number, this.crl, what),
				this.crl.about("Fetch the file again; check it with `openssl crl -in %s -noout -text`."
					.formatted(this.crl.file())),
				cause);
	}
}
