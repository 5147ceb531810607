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
		logger.warn("Certificates for DEVELOPMENT are in use, never for production. Directory: %s, %s, %s".formatted(
				certificates.directory().toAbsolutePath(), certificates.load(DevLeaf.SERVER),
				certificates.load(DevLeaf.CLIENT)));
	}

}
