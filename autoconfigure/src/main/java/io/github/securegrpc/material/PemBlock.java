package io.github.securegrpc.material;

/**
 * One encapsulated part of a PEM file (RFC 7468), with its boundaries. Never prints its
 * content, which may be a private key.
 *
 * @param label what the boundaries say, such as {@code CERTIFICATE}
 * @param text the whole block, boundaries included
 */
record PemBlock(String label, String text) {

	boolean isCertificate() {
		return this.label.equals("CERTIFICATE") || this.label.equals("X509 CERTIFICATE");
	}

	boolean isCrl() {
		return this.label.equals("X509 CRL") || this.label.equals("CRL");
	}

	boolean isPrivateKey() {
		return this.label.endsWith("PRIVATE KEY");
	}

	// PKCS#8 with PBES, as openssl pkcs8 -topk8 writes it
	boolean isEncryptedPkcs8() {
		return this.label.equals("ENCRYPTED PRIVATE KEY");
	}

	// the encryption of OpenSSL before PKCS#8, with RFC 1421 headers
	boolean isLegacyEncrypted() {
		return isPrivateKey() && this.text.contains("Proc-Type:") && this.text.contains("ENCRYPTED");
	}

	boolean isOpenSsh() {
		return this.label.equals("OPENSSH PRIVATE KEY");
	}

	@Override
	public String toString() {
		return "PemBlock[%s]".formatted(this.label);
	}

}
