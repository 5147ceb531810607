package io.github.securegrpc.peer;

import java.security.Principal;
import java.util.Optional;

import io.grpc.Context;

/**
 * The user of a call, whose password was verified: beside the peer, who has proved a
 * certificate. Immutable.
 *
 * @since 0.1.0
 */
public final class BasicUser implements Principal {

	static final Context.Key<BasicUser> KEY = Context.key("io.github.securegrpc.user");

	private final String name;

	BasicUser(String name) {
		this.name = name;
	}

	/**
	 * Returns the user of the call that gRPC's current {@link Context} belongs to.
	 * @return the user, or empty outside of a call and where none was asked for a
	 * password
	 */
	public static Optional<BasicUser> current() {
		return Optional.ofNullable(KEY.get());
	}

	/**
	 * Returns the name, as the file of users has it.
	 * @return the name
	 */
	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof BasicUser that && this.name.equals(that.name);
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

	@Override
	public String toString() {
		return "user:" + this.name;
	}

}
