package io.github.securegrpc.peer;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is asked of whoever calls the server beside a certificate, and who is believed to
 * speak for others.
 *
 * @param basicAuth Passwords of users.
 * @param trustedProxies Addresses and ranges of proxies, or names of their certificates,
 * whose X-Forwarded-For and X-Real-IP are believed.
 * @since 0.1.0
 */
@ConfigurationProperties("secure-grpc.server")
public record CallerProperties(@DefaultValue BasicAuth basicAuth, @DefaultValue List<String> trustedProxies) {

	/**
	 * Passwords of users.
	 *
	 * @param users File of users and the bcrypt hashes of their passwords, as htpasswd -B
	 * writes it: each call must bring one of them.
	 */
	public record BasicAuth(@Nullable String users) {

	}

}
