package io.github.securegrpc.material;

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

}
