package io.github.securegrpc.certs;

import io.github.securegrpc.certs.StagedFile.Mode;

/**
 * How the files of a {@link Depot} are named, and who may read them.
 */
enum DepotLayout {

	/**
	 * That of certstrap, which from 1.3.0 on refuses to read a key with more rights than
	 * {@code r--r-----} and any other file with more than {@code r--r--r--}.
	 */
	CERTSTRAP(".crt", Mode.SECRET_FINAL, Mode.READABLE_FINAL),

	/**
	 * Certificates end with {@code .pem}.
	 */
	PEM(".pem", Mode.SECRET, Mode.READABLE);

	private final String certificateSuffix;

	private final Mode keys;

	private final Mode others;

	DepotLayout(String certificateSuffix, Mode keys, Mode others) {
		this.certificateSuffix = certificateSuffix;
		this.keys = keys;
		this.others = others;
	}

	String certificateSuffix() {
		return this.certificateSuffix;
	}

	Mode keys() {
		return this.keys;
	}

	Mode others() {
		return this.others;
	}

}
