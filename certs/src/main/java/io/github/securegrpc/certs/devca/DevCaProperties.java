package io.github.securegrpc.certs.devca;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.securegrpc.material.RefusedException;

/**
 * Certificates for development.
 *
 * @param enabled Whether certificates for development fill what the configuration leaves
 * out.
 * @param directory Directory of the authority, and of ready-made certificates and keys
 * for other tools.
 * @param validity How long a leaf is valid, renewed at two thirds of that time.
 */
@ConfigurationProperties("secure-grpc.dev-ca")
record DevCaProperties(@DefaultValue("false") boolean enabled, @DefaultValue(".secure-grpc") Path directory,
		@DefaultValue("24h") Duration validity) {

	DevCertificates certificates(Clock clock) {
		try {
			return new DevCertificates(this.directory, this.validity, clock);
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedException("secure-grpc.dev-ca.%s".formatted(ex.getMessage()),
					"Set secure-grpc.dev-ca.validity to a longer or shorter time, such as 24h.", ex);
		}
	}

}
