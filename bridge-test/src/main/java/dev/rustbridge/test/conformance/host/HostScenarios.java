package dev.rustbridge.test.conformance.host;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Stream;

/**
 * All scenarios for hosts, and their daemons.
 */
public final class HostScenarios {

	private static final List<Play> PLAYS = Stream
		.of(StartScenarios.all(), AnswerScenarios.all(), StreamScenarios.all(), DeathScenarios.all(),
				ExtendedScenarios.all())
		.flatMap(List::stream)
		.toList();

	private HostScenarios() {
	}

	/**
	 * All scenarios.
	 * @return the scenarios, each with a name of its own
	 */
	public static List<HostScenario> all() {
		return PLAYS.stream().map(Play::scenario).toList();
	}

	/**
	 * Is the daemon of a scenario on this process's stdin and stdout, until the host
	 * sends no more.
	 * @param name the scenario
	 * @return the exit value, if the script does not exit itself
	 * @throws IllegalArgumentException if there is no such scenario
	 */
	public static int playOnStdio(String name) {
		// not System.out, which hides its errors
		FileOutputStream output = new FileOutputStream(FileDescriptor.out);
		Stage.Exit exit = new Stage.Exit() {

			@Override
			public void exit(int value) {
				Runtime.getRuntime().halt(value);
			}

			@Override
			public void closeOutput() throws IOException {
				output.close();
			}

		};
		try {
			play(name, System.in, output, exit);
			return 0;
		}
		catch (IOException ex) {
			System.err.println("the scenario " + name + " ended early: " + ex.getMessage());
			return 1;
		}
	}

	/**
	 * Is the daemon of a scenario.
	 */
	static void play(String name, InputStream input, OutputStream output, Stage.Exit exit) throws IOException {
		Play play = PLAYS.stream()
			.filter((candidate) -> candidate.name().equals(name))
			.findFirst()
			.orElseThrow(
					() -> new IllegalArgumentException("there is no scenario " + name + "; host-scenarios lists them"));
		new ScenarioDaemon(play, output, exit).serve(input);
	}

}
