package io.github.securegrpc.material;

import java.nio.file.Path;
import java.util.Set;

/**
 * Loads TLS material from wherever it is kept. A source never returns half: it reads all
 * that belongs together, then checks, then returns. Called from one thread at a time.
 *
 * @since 0.1.0
 */
public interface TlsMaterialSource {

	/**
	 * Reads the material as it is now.
	 * @return what was read, complete and checked
	 * @throws RefusedException if anything is missing, unreadable or does not fit, with
	 * the property or file, what it holds, what was expected and what to do
	 */
	TlsMaterial load();

	/**
	 * Says where each part comes from, for logs and reports.
	 * @return the origin of certificate, key and trust anchors, without any content
	 */
	MaterialOrigin origin();

	/**
	 * Returns whether the material can change while the application runs. A source that
	 * cannot is not asked again.
	 * @return {@code true} unless one load is enough
	 */
	default boolean canChange() {
		return true;
	}

	/**
	 * Returns the directories whose file events announce a change, to hasten the next
	 * load. Changes elsewhere are seen at the next poll.
	 * @return the directories, or none
	 */
	default Set<Path> directories() {
		return Set.of();
	}

}
