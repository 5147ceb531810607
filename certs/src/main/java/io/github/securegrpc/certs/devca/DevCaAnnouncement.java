package io.github.securegrpc.certs.devca;

import io.github.securegrpc.text.PrintableLog;

/**
 * Says at start that certificates for development are in use.
 */
final class DevCaAnnouncement {

	private static final PrintableLog logger = PrintableLog.of(DevCaAnnouncement.class);

	private DevCaAnnouncement() {
	}

	static void log(DevCertificates certificates) {
		DevMaterial material = certificates.load();
		String message = "Certificates for DEVELOPMENT are in use, never for production: %s. "
				+ "Directory: %s. The server leaf expires %s, the client leaf %s (both are renewed before), the authority %s";
		logger.warn(message.formatted(certificates, certificates.directory().toAbsolutePath(),
				material.expiry(DevLeaf.SERVER), material.expiry(DevLeaf.CLIENT), material.authorityExpiry()));
	}

}
