package io.github.securegrpc.certs.devca;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Says at start that certificates for development are in use.
 */
final class DevCaAnnouncement {

	private static final Log logger = LogFactory.getLog(DevCaAnnouncement.class);

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
