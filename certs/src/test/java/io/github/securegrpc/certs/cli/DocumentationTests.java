package io.github.securegrpc.certs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every command of {@code docs/certificates.md} does what it says.
 */
class DocumentationTests {

	private static final Pattern COMMAND = Pattern.compile("(?:^|`)secure-grpc-certs ([^`\\n]+?)(?:`|$| > .*)",
			Pattern.MULTILINE);

	private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

	@Test
	void everyCommandOfThePageWorks(@TempDir Path directory) throws Exception {
		List<String> commands = commands();
		assertThat(commands).hasSizeGreaterThan(15);
		Terminal terminal = new Terminal(directory);
		terminal.environment.put("NEW_PASSPHRASE", "secret");
		for (String command : commands) {
			prepare(terminal, command);
			List<String> words = words(terminal, command);
			int exitCode = command.contains("--depot") || isOfFiles(command)
					? terminal.type(words.toArray(String[]::new)) : terminal.inDepot(words.toArray(String[]::new));
			assertThat(exitCode).as("%s: %s%s", command, terminal.err(), terminal.out()).isZero();
		}
	}

	private static void prepare(Terminal terminal, String command) throws Exception {
		if (command.matches("(init|issue|renew).*")) {
			for (String file : List.of("CA.key", "CA.crt", "CA.crl", "server.key", "server.csr", "server.crt",
					"client.key", "client.csr", "client.crt")) {
				if (!command.startsWith("issue") || command.contains(" " + file.replaceFirst("\\..*", " "))) {
					Files.deleteIfExists(terminal.depot().directory().resolve(file));
				}
			}
		}
		if (command.contains("--depot out")) {
			terminal.type("init", "--depot", terminal.file("out"));
		}
		if (command.startsWith("renew")) {
			terminal.inDepot("mutual");
		}
	}

	private static boolean isOfFiles(String command) {
		return command.startsWith("inspect") || command.startsWith("convert")
				|| command.startsWith("generate-completion");
	}

	private static List<String> words(Terminal terminal, String command) {
		List<String> words = new ArrayList<>();
		for (Matcher word = WORD.matcher(command); word.find();) {
			String text = (word.group(1) != null) ? word.group(1) : word.group(2);
			if (text.startsWith("certs/")) {
				text = terminal.depot().directory().resolve(text.substring("certs/".length())).toString();
			}
			else if (text.equals("out") || text.matches("[\\w-]+\\.(key|crt|p12)")) {
				text = terminal.file(text);
			}
			words.add(text);
		}
		return words;
	}

	private static List<String> commands() throws Exception {
		String page = Files.readString(Path.of("..", "docs", "certificates.md"));
		List<String> commands = new ArrayList<>();
		for (Matcher command = COMMAND.matcher(page); command.find();) {
			// nothing runs there
			if (!command.group(1).contains("localhost:50051")) {
				commands.add(command.group(1).strip());
			}
		}
		return commands;
	}

}
