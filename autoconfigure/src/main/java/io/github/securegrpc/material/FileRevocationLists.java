package io.github.securegrpc.material;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Revocation lists from a file, in PEM or DER.
 */
record FileRevocationLists(Location crl, CrlPolicy policy) implements MaterialPart<RevocationLists> {

	private static final int DER_SEQUENCE = 0x30;

	@Override
	public RevocationLists load(LocationReader reader) {
		byte[] content = reader.read(this.crl);
		if (content.length > 0 && content[0] == DER_SEQUENCE) {
			return new RevocationLists(parse(content, 1), this.policy);
		}
		PemFile file = PemFile.parse(this.crl, content);
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
		String text = block.text().replaceAll("-----(BEGIN|END) [A-Z0-9 ]+-----", "");
		try {
			return Base64.getDecoder().decode(text.replaceAll("\\s", "").getBytes(StandardCharsets.US_ASCII));
		}
		catch (IllegalArgumentException ex) {
			throw broken(number, ex);
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
				throw broken(first + lists.size(), ex);
			}
		}
		return lists;
	}

	private RefusedException broken(int number, Exception cause) {
		return new RefusedException(
				"revocation list %d in %s cannot be decoded (expected: an X.509 CRL)".formatted(number, this.crl),
				"Fetch the file again; check it with `openssl crl -in FILE -noout -text`.", cause);
	}

	@Override
	public boolean canChange() {
		return this.crl.canChange();
	}

	@Override
	public Set<Path> directories() {
		return this.crl.directories();
	}

}
