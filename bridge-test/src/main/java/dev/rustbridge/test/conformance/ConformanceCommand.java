package dev.rustbridge.test.conformance;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The runnable jar: checks a daemon and prints how it fared. Exit values: 0 if it
 * conforms, 1 if a check failed, 2 if it could not be checked.
 */
final class ConformanceCommand {

	static final int CONFORMS = 0;

	static final int FAILED = 1;

	static final int UNUSABLE = 2;

	private static final String USAGE = """
			Checks a daemon against the protocol of Rust Bridge.

			  java -jar bridge-test-conformance.jar [option…] -- COMMAND [argument…]
			  java -jar bridge-test-conformance.jar [option…] --socket PATH

			The first starts COMMAND anew for each check and talks over its stdin and stdout,
			the second connects to a daemon that runs already.

			Methods are called only if they are named. Each may be followed by --params JSON
			({} else):

			%s
			  --item JSON           an item for --upload (may be repeated; else 1, 2 and 3)
			  --host-result JSON    what the daemon is answered when it calls its host; else null

			  --ready-event NAME    by which the daemon says that it is ready; else ready
			  --timeout SECONDS     for ready, and for each answer; else 5
			  --drain-time SECONDS  for the exit; else 15
			  --list                the checks, and what each needs
			  --help                this text

			For hosts, daemons that misbehave by a script on stdin and stdout:

			  host-scenarios           the scenarios, and what a host must make of each
			  host-scenarios --json    the same for programs
			  host-scenario NAME       is the daemon of a scenario

			Exit value: 0 if all that was tried passed, 1 if something failed, 2 if the daemon
			could not be checked.
			""";

	private final PrintStream out;

	private final PrintStream err;

	ConformanceCommand(PrintStream out, PrintStream err) {
		this.out = out;
		this.err = err;
	}

	/**
	 * Runs the command line, and exits.
	 * @param arguments see {@code --help}
	 */
	public static void main(String[] arguments) {
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
		System.exit(new ConformanceCommand(out, err).run(List.of(arguments)));
	}

	int run(List<String> arguments) {
		if (arguments.equals(List.of("--help"))) {
			this.out.print(usage());
			return CONFORMS;
		}
		if (arguments.equals(List.of("--list"))) {
			list();
			return CONFORMS;
		}
		if (!arguments.isEmpty() && arguments.get(0).startsWith("host-scenario")) {
			return new HostScenarioCommand(this.out, this.err).run(arguments);
		}
		ConformanceOptions options;
		try {
			options = CommandLine.parse(arguments);
		}
		catch (IllegalArgumentException ex) {
			this.err.println(ex.getMessage());
			this.err.println("--help tells the options");
			return UNUSABLE;
		}
		try {
			ConformanceReport report = ConformanceKit.run(options);
			this.out.print(report);
			return report.failures().isEmpty() ? CONFORMS : FAILED;
		}
		catch (DaemonUnavailableException ex) {
			this.err.println(ex.getMessage());
			return UNUSABLE;
		}
	}

	private static String usage() {
		StringBuilder roles = new StringBuilder();
		for (MethodRole role : MethodRole.values()) {
			roles.append("  %-21s %s%n".formatted(role.option() + " METHOD", role.text()));
		}
		return USAGE.formatted(roles.toString().stripTrailing());
	}

	private void list() {
		for (Check check : ConformanceKit.checks()) {
			String needs = (check.role() != null) ? " (" + check.role().option() + ")" : "";
			this.out.printf("%-24s %s%s%n", check.group() + "/" + check.name(), check.rule(), needs);
		}
	}

}
