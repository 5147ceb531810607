package io.github.securegrpc.peer.password;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.util.ClassUtils;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.source.Location;
import io.github.securegrpc.rotation.RotatingFile;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.text.PrintableLog;

/**
 * Verifies the passwords of users. What was right once is remembered, as a digest under a
 * key of this process, until the file has another hash for the user: bcrypt is paid once.
 * A wrong password, and a user that is not there, cost what a hash of the file costs.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class Passwords implements AutoCloseable {

	private static final PrintableLog logger = PrintableLog.of(Passwords.class);

	private static final String BCRYPT = "org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder";

	/* What OWASP asks for at least. */
	private static final int ADVISED_COST = 10;

	private final RotatingFile<UserFile> users;

	private final Map<String, Known> known = new ConcurrentHashMap<>();

	private final GuessDigest digest = new GuessDigest();

	private final GuessQueue queue = new GuessQueue();

	private Passwords(RotatingFile<UserFile> users) {
		this.users = users;
	}

	/**
	 * Reads the users, from now on as often as material.
	 * @param location the file
	 * @param materials read it again
	 * @param clock tells the time
	 * @return the passwords
	 * @throws RefusedException if it cannot be used
	 */
	public static Passwords load(Location location, RotatingMaterials materials, Clock clock) {
		if (!ClassUtils.isPresent(BCRYPT, ClassUtils.getDefaultClassLoader())) {
			throw new RefusedException(
					"%s is set, but spring-security-crypto is missing (expected: on the class path, it knows bcrypt)"
						.formatted(location.property()),
					"Add org.springframework.security:spring-security-crypto to the build, without a version; Spring Boot has it.");
		}
		RotatingFile<UserFile> users = new RotatingFile<>("server.basic-auth", location,
				(content) -> UserFile.parse(content, location), clock);
		materials.watch(users);
		long cheap = users.current().countCheaperThan(ADVISED_COST);
		logger.info("Each call is asked for a password: %s, %s".formatted(location, users.current()));
		if (cheap > 0) {
			logger.warn(
					"%s: the cost of bcrypt is less than %d for %d of %s: whoever gets the file guesses them quickly. Write them with `htpasswd -B -C 10`."
						.formatted(location, ADVISED_COST, cheap, users.current()));
		}
		return new Passwords(users);
	}

	/**
	 * Verifies a password.
	 * @param presented what a call brings
	 * @param origin where it comes from, so that one origin holds up no other
	 * @return what came of it: at once if it was right before, else later, told on a
	 * thread that verifies, which should not be kept
	 */
	public CompletableFuture<Verdict> verify(BasicCredentials presented, String origin) {
		String digest = this.digest.of(presented);
		String hash = this.users.current().hashes().get(presented.user());
		Known last = this.known.get(presented.user());
		if (hash != null && last != null && last.is(hash, digest)) {
			return CompletableFuture.completedFuture(Verdict.RIGHT);
		}
		return this.queue.ask(digest, origin, () -> compare(presented, digest));
	}

	/**
	 * Returns the users that are in the file.
	 * @return their names
	 */
	public Set<String> users() {
		return this.users.current().hashes().keySet();
	}

	private Verdict compare(BasicCredentials presented, String digest) {
		UserFile file = this.users.current();
		String hash = file.hashes().get(presented.user());
		boolean matches = BcryptCheck.matches(presented.password(),
				(hash != null) ? hash : file.standIn(presented.user()));
		if (hash == null || !matches) {
			return Verdict.WRONG;
		}
		this.known.keySet().retainAll(file.hashes().keySet());
		this.known.put(presented.user(), new Known(hash, digest));
		return Verdict.RIGHT;
	}

	@Override
	public void close() {
		this.queue.close();
	}

	/** What came of a password. */
	public enum Verdict {

		/** It is the user's. */
		RIGHT,

		/** It is not, or there is no such user. */
		WRONG,

		/** Too many wait to be verified: nobody looked at it. */
		NOT_VERIFIED

	}

}
