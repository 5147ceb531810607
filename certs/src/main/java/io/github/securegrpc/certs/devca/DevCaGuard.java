package io.github.securegrpc.certs.devca;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;

import io.github.securegrpc.material.RefusedException;

/**
 * Keeps certificates for development out of production.
 */
final class DevCaGuard {

	private DevCaGuard() {
	}

	/**
	 * Refuses an environment that looks like production.
	 * @param environment the environment of the application
	 * @throws RefusedException if a profile that sounds like production is active, or
	 * Spring Boot detects a cloud platform
	 */
	static void check(Environment environment) {
		String[] active = environment.getActiveProfiles();
		for (String profile : (active.length > 0) ? active : environment.getDefaultProfiles()) {
			if (new ProfileName(profile).soundsLikeProduction()) {
				throw refused("the profile '%s' is active".formatted(profile),
						" If the profile is for development, give it another name.");
			}
		}
		CloudPlatform platform = CloudPlatform.getActive(environment);
		if (platform != null && platform != CloudPlatform.NONE) {
			throw refused("the cloud platform %s is detected".formatted(platform),
					" On a development machine that only looks like one, set spring.main.cloud-platform=none.");
		}
	}

	private static RefusedException refused(String found, String hint) {
		return new RefusedException(
				"secure-grpc.dev-ca.enabled: true, and %s (expected: a development machine)".formatted(found),
				"Remove secure-grpc.dev-ca.enabled here, and set secure-grpc.cert, secure-grpc.key and secure-grpc.ca to "
						+ "certificates for production." + hint);
	}

}
