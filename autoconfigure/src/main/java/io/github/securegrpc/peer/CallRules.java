package io.github.securegrpc.peer;

import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.peer.rules.Rules;

/**
 * What is asked of a call whose peer is who it was: the rules in force, and a password
 * where the server has users, but for methods that a rule opens to anyone.
 *
 * @param rules the rules in force
 * @param passwords whether a password is asked for
 */
record CallRules(Supplier<Optional<Rules>> rules, boolean passwords) {

	@Nullable Objection objection(String method, @Nullable PeerIdentity peer) {
		Rules current = this.rules.get().orElse(null);
		BasicUser user = this.passwords ? BasicUser.KEY.get() : null;
		if (this.passwords && user == null && !isForAnyone(current, method)) {
			return new Objection(Denial.Reason.NO_PASSWORD,
					"no name and password were sent, and secure-grpc.server.basic-auth.users is set", true);
		}
		if (current == null) {
			return null;
		}
		String objection = current.objection(method, (peer != null) ? peer.comparable() : null,
				(user != null) ? user.getName() : null);
		if (objection == null) {
			return null;
		}
		return new Objection((peer != null || user != null) ? Denial.Reason.NO_RULE : Denial.Reason.NO_CERTIFICATE,
				objection, !current.areShadow());
	}

	/* Rules that are not enforced open nothing either. */
	private static boolean isForAnyone(@Nullable Rules rules, String method) {
		return rules != null && !rules.areShadow() && rules.areForAnyone(method);
	}

	/**
	 * What speaks against a call.
	 *
	 * @param reason why
	 * @param detail why in words
	 * @param enforced whether the call is denied for it
	 */
	record Objection(Denial.Reason reason, String detail, boolean enforced) {

	}

}
