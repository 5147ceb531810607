package io.github.securegrpc.certs.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line: a certificate authority in one command. Exit codes: 0 done or yes, 1
 * not done or no, 2 not understood.
 *
 * @since 0.1.0
 */
@Command(name = "secure-grpc-certs", mixinStandardHelpOptions = true, versionProvider = SecureGrpcCerts.Version.class,
		description = "A certificate authority in one command.",
		footer = { "", "Exit codes: 0 done, or the answer is yes; 1 not done, or the answer is no; 2 not understood.",
				"Passphrases come from a prompt, a file or the environment, never from an argument." })
public final class SecureGrpcCerts implements Runnable {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	private SecureGrpcCerts() {
	}

	/**
	 * Runs one command and ends the process with its exit code.
	 * @param arguments the command and its options
	 */
	public static void main(String[] arguments) {
		System.exit(run(Surroundings.ofThisProcess(), arguments));
	}

	static int run(Surroundings surroundings, String... arguments) {
		CommandLine commandLine = new CommandLine(new SecureGrpcCerts());
		// reading the annotations of them all is most of what a call costs
		for (Subcommand subcommand : Subcommand.named(arguments)) {
			commandLine.addSubcommand(subcommand.create(surroundings));
		}
		Failures failures = new Failures(surroundings.err());
		return commandLine.setOut(surroundings.out())
			.setErr(surroundings.err())
			.setCaseInsensitiveEnumValuesAllowed(true)
			// errors would repeat what such a file holds
			.setExpandAtFiles(false)
			.setParameterExceptionHandler(failures)
			.setExecutionExceptionHandler(failures)
			.execute(arguments);
	}

	@Override
	public void run() {
		throw new ParameterException(this.spec.commandLine(),
				"No command (expected: %s)".formatted(Subcommand.names()));
	}

	static final class Version implements IVersionProvider {

		@Override
		public String[] getVersion() {
			String version = SecureGrpcCerts.class.getPackage().getImplementationVersion();
			return new String[] { "secure-grpc-certs " + ((version != null) ? version : "(not packaged)") };
		}

	}

}
