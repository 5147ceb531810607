package io.github.securegrpc.certs.cli;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import picocli.AutoComplete;
import picocli.CommandLine.HelpCommand;

/**
 * The commands, each made only when it is called by its name, or when all are asked for:
 * by help, by completion, or by what is no command.
 */
enum Subcommand {

	MUTUAL, INIT, ISSUE, RENEW, REVOKE, LIST, INSPECT, CHECK, CONVERT, TRUST, HELP, GENERATE_COMPLETION;

	static Set<Subcommand> named(String... arguments) {
		String first = (arguments.length > 0) ? arguments[0] : "";
		for (Subcommand subcommand : EnumSet.range(MUTUAL, TRUST)) {
			if (subcommand.toString().equals(first)) {
				return EnumSet.of(subcommand);
			}
		}
		return EnumSet.allOf(Subcommand.class);
	}

	static String names() {
		return EnumSet.range(MUTUAL, TRUST).stream().map(Subcommand::toString).collect(Collectors.joining(", "));
	}

	Object create(Surroundings surroundings) {
		return switch (this) {
			case MUTUAL -> new MutualCommand(surroundings);
			case INIT -> new InitCommand(surroundings);
			case ISSUE -> new IssueCommand(surroundings);
			case RENEW -> new RenewCommand(surroundings);
			case REVOKE -> new RevokeCommand(surroundings);
			case LIST -> new ListCommand(surroundings);
			case INSPECT -> new InspectCommand(surroundings);
			case CHECK -> new CheckCommand(surroundings);
			case CONVERT -> new ConvertCommand(surroundings);
			case TRUST -> new TrustCommand(surroundings);
			case HELP -> new HelpCommand();
			case GENERATE_COMPLETION -> new AutoComplete.GenerateCompletion();
		};
	}

	/**
	 * Returns the name that is typed.
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
