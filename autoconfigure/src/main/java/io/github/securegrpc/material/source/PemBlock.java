package io.github.securegrpc.material.source;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * One encapsulated part of a PEM file (RFC 7468), with its boundaries. Never prints its
 * content, which may be a private key.
 *
 * @param label what the boundaries say, such as {@code CERTIFICATE}
 * @param text the whole block, boundaries included
 */
record PemBlock(String label, String text) {

	/*
	 * Also line ends that JSON, YAML or an environment file made two characters of, and
	 * blanks of word processors: none of them can stand in base64.
	 */
	private static final Pattern BLANK = Pattern.compile("\\\\{1,4}[nrt]|[\\s\\u00A0\\u200B\\uFEFF]");

	static PemBlock of(String label, byte[] der) {
		return new PemBlock(label, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label,
				Base64.getMimeEncoder().encodeToString(der), label));
	}

	boolean isCertificate() {
		return this.label.equals("CERTIFICATE") || this.label.equals("X509 CERTIFICATE");
	}

	/* Certificates in another form, or with more around them. */
	boolean isOtherCertificate() {
		return isPkcs7() || this.label.equals("TRUSTED CERTIFICATE");
	}

	boolean isPkcs7() {
		return this.label.equals("PKCS7") || this.label.equals("PKCS #7 SIGNED DATA") || this.label.equals("CMS");
	}

	/* What stands beside a key in files that hold all of an identity. */
	boolean isOfIdentity() {
		return isCertificate() || isPrivateKey() || this.label.endsWith(" PARAMETERS");
	}

	boolean isCrl() {
		return this.label.equals("X509 CRL") || this.label.equals("CRL");
	}

	boolean isPrivateKey() {
		return this.label.endsWith("PRIVATE KEY");
	}

	// PKCS#8 with PBES, as openssl pkcs8 -topk8 writes it
	boolean isEncryptedPkcs8() {
		return isPrivateKey() && this.label.contains("ENCRYPTED");
	}

	// the encryption of OpenSSL before PKCS#8, with RFC 1421 headers
	boolean isLegacyEncrypted() {
		return isPrivateKey() && this.text.contains("Proc-Type:") && this.text.contains("ENCRYPTED");
	}

	boolean isOpenSsh() {
		return this.label.equals("OPENSSH PRIVATE KEY");
	}

	/**
	 * Decodes the block.
	 * @return what its base64 stands for
	 * @throws IllegalArgumentException if anything but base64 stands between its
	 * boundaries
	 */
	byte[] der() {
		String body = this.text.substring(this.text.indexOf("-----", 5) + 5, this.text.lastIndexOf("-----END "));
		return Base64.getDecoder().decode(BLANK.matcher(body.replace("\\/", "/")).replaceAll(""));
	}

	/**
	 * Writes the block again, so that whoever reads it sees the label and content that
	 * were judged, and nothing else.
	 * @return the block in one form only
	 * @throws IllegalArgumentException as {@link #der()}
	 */
	String normalized() {
		String boundary = isEncryptedPkcs8() ? "ENCRYPTED PRIVATE KEY" : this.label;
		return of(boundary, der()).text();
	}

	@Override
	public String toString() {
		return "PemBlock[%s]".formatted(this.label);
	}

}
