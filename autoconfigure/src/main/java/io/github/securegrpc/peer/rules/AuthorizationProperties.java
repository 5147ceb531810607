package io.github.securegrpc.peer.rules;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may call which methods of the server; any peer that client-auth admits when there
 * are no rules.
 *
 * @param mode What becomes of a call that no rule allows.
 * @param rules Rules in the order in which they are asked: the first that names the
 * method decides, and a method that no rule names is denied.
 * @since 0.1.0
 */
@ConfigurationProperties("secure-grpc.authorization")
public record AuthorizationProperties(@Nullable AuthorizationMode mode, @Nullable List<Rule> rules) {

	/**
	 * Who may call some methods.
	 *
	 * @param methods Full method names: package.Service/Method, package.Service/* or *.
	 * @param allow Names of the peers that may call them: uri:, dns:, ip:, email:,
	 * fingerprint:, any-peer or anyone.
	 */
	public record Rule(@Nullable List<String> methods, @Nullable List<String> allow) {

	}

}
