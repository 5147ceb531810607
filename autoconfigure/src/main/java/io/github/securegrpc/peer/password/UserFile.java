package io.github.securegrpc.peer.password;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.securegrpc.material.Fingerprint;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.source.Location;

/**
 * The users of a file as {@code htpasswd -B} writes it: on each line a name, a colon and
 * the bcrypt hash of the password. Never prints a hash, nor what may be a password.
 *
 * @param hashes the hash of each user's password
 * @param standIns the same hashes, for users who are not there
 */
record UserFile(Map<String, String> hashes, List<String> standIns) {

	/* htpasswd's own default, and what takes some seconds for each guess. */
	private static final int LEAST_COST = 4;

	private static final int MOST_COST = 15;

	private static final Pattern HASH = Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");

	private static final Pattern NAME = Pattern.compile("(?! )[^\\p{C}:*]{1,200}(?<! )");

	UserFile {
		hashes = Map.copyOf(hashes);
		standIns = List.copyOf(standIns);
	}

	static UserFile parse(byte[] content, Location location) {
		Map<String, String> hashes = new LinkedHashMap<>();
		List<String> lines = text(content, location).lines().map(String::strip).toList();
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i);
			if (!line.isEmpty() && !line.startsWith("#")) {
				String[] fields = line.split(":", 3);
				String where = "%s, line %d".formatted(location, i + 1);
				if (hashes.put(name(fields[0], where), hash(fields, where)) != null) {
					throw new RefusedException(
							"%s: the user %s is there twice (expected: once)".formatted(where, fields[0]),
							"Remove the line that does not count any more.");
				}
			}
		}
		if (hashes.isEmpty()) {
			throw new RefusedException("%s has no user (expected: lines of user:hash)".formatted(location),
					"Add one with `htpasswd -B -C 10 %s NAME`, or remove %s.".formatted("FILE", location.property()));
		}
		return new UserFile(hashes, hashes.values().stream().sorted().toList());
	}

	private static String text(byte[] content, Location location) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new RefusedException("%s is not in UTF-8 (expected: lines of user:hash in UTF-8)".formatted(location),
					"Write the names of users in UTF-8.", ex);
		}
	}

	private static String name(String name, String where) {
		if (!NAME.matcher(name).matches()) {
			throw new RefusedException(
					"%s: the name of the user is empty, long, or has a star, a space at an end or a character that is not printed (expected: a name; a byte order mark at the start of the file is one of these)"
						.formatted(where),
					"Correct the line, or remove it.");
		}
		return name;
	}

	private static String hash(String[] fields, String where) {
		Matcher hash = HASH.matcher((fields.length > 1) ? fields[1] : "");
		if (!hash.matches()) {
			throw new RefusedException(
					"%s: the password is not hashed with bcrypt (expected: the user's name, a colon, and $2y$, $2b$ or $2a$ with 57 more characters)"
						.formatted(where),
					"Write the line with `htpasswd -B`; the file holds neither other hashes nor passwords.");
		}
		int cost = Integer.parseInt(hash.group(1));
		if (cost < LEAST_COST || cost > MOST_COST) {
			throw new RefusedException("%s: the cost of bcrypt is %d (expected: %d to %d; 10 is usual)".formatted(where,
					cost, LEAST_COST, MOST_COST), "Write the line with `htpasswd -B -C 10`.");
		}
		return hash.group();
	}

	/* Always the same one for a name, as if it were the name's own. */
	String standIn(String user) {
		return this.standIns.get(Math
			.floorMod(Fingerprint.of(List.of(user.getBytes(StandardCharsets.UTF_8))).hashCode(), this.standIns.size()));
	}

	/* Says how many of them are quick to guess by whoever gets the file. */
	long countCheaperThan(int cost) {
		return this.hashes.values().stream().filter((hash) -> Integer.parseInt(hash.substring(4, 6)) < cost).count();
	}

	@Override
	public String toString() {
		return (this.hashes.size() == 1) ? "1 user" : this.hashes.size() + " users";
	}

}
