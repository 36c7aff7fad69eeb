package dev.rustbridge.sample.operations;

import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/**
 * The programs of Prometheus, where this system has them. Without them the tests that
 * need them are skipped: what the documents ask for is then checked by a parser of our
 * own alone.
 */
final class PrometheusTools {

	private static final int PATIENCE_SECONDS = 60;

	private PrometheusTools() {
	}

	/** Skips the tests where it is not there. */
	static Path find(String program) {
		Optional<Path> found = Stream.of(System.getenv("PATH").split(":"))
			.map((folder) -> Path.of(folder, program))
			.filter(Files::isExecutable)
			.findFirst();
		return found.orElseGet(() -> {
			String missing = "No '" + program + "' is on the PATH. On Debian it is in the package prometheus";
			System.out.println("The tests by Prometheus are skipped. " + missing);
			return Assumptions.abort(missing);
		});
	}

	/** Runs it to its end; what it says is told when that is not 0. */
	static void run(String program, String... arguments) throws Exception {
		runOn("", program, arguments);
	}

	/** The same, with something on its stdin. */
	static void runOn(String input, String program, String... arguments) throws Exception {
		String[] command = Stream.concat(Stream.of(find(program).toString()), Stream.of(arguments))
			.toArray(String[]::new);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try (Writer stdin = process.outputWriter()) {
			stdin.write(input);
		}
		String said = new String(process.getInputStream().readAllBytes());
		if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
			process.destroyForcibly();
			throw new AssertionError(String.join(" ", command) + " says:\n" + said);
		}
	}

}
