package dev.rustbridge.benchmarks.sdk;

import dev.rustbridge.benchmarks.load.Daemons;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The program behind the second half of {@code benchmarks/sdk}. Each transfer and the
 * slow stream run in a JVM of their own with a small heap, so that no one's peak of
 * memory is another's, and print a row of a table each.
 */
public final class SdkRun {

	/** Small enough that a gigabyte that piles up anywhere ends it. */
	private static final List<String> JVM = List.of("-Xms128m", "-Xmx128m", "-XX:+IgnoreUnrecognizedVMOptions",
			"--enable-native-access=ALL-UNNAMED");

	private static final String USAGE = """
			options of the second half:
			  --rounds N   transfers of each kind (default 3)
			  --bytes N    of a transfer (default 1073741824)
			  --chunks N   of the slow stream (default 1000000, which takes 1000 s)
			  --rate N     chunks a second that its subscriber takes (default 1000)
			  --only PART  transfer or slow""";

	private int rounds = 3;

	private long bytes = 1L << 30;

	private int chunks = 1_000_000;

	private int rate = 1000;

	private List<String> parts = List.of("transfer", "slow");

	private SdkRun() {
	}

	/** Arguments: the folder of the benchmarks, then those of the command line. */
	public static void main(String[] args) throws Exception {
		SdkRun run = new SdkRun();
		Path daemons = Path.of(args[0], "daemons/target/release");
		Deque<String> options = new ArrayDeque<>(Arrays.asList(args).subList(1, args.length));
		try {
			run.parse(options);
		}
		catch (RuntimeException e) {
			System.err.println(e.getMessage() + "\n\n" + USAGE);
			System.exit(2);
			return;
		}
		run.measure(daemons);
	}

	private void parse(Deque<String> options) {
		while (!options.isEmpty()) {
			String option = options.pop();
			switch (option) {
				case "--rounds" -> rounds = Integer.parseInt(options.pop());
				case "--bytes" -> bytes = Long.parseLong(options.pop());
				case "--chunks" -> chunks = Integer.parseInt(options.pop());
				case "--rate" -> rate = Integer.parseInt(options.pop());
				case "--only" -> parts = List.of(options.pop());
				default -> throw new IllegalArgumentException("unknown option " + option);
			}
		}
	}

	private void measure(Path daemons) throws IOException, InterruptedException {
		if (parts.contains("transfer")) {
			System.out.println("\n" + Transfer.heading(bytes));
			for (int round = 0; round < rounds; round++) {
				for (Transfer.Way way : Transfer.Way.values()) {
					inOwnProcess(Transfer.class, daemons.toString(), way.name(), Long.toString(bytes));
				}
			}
		}
		if (parts.contains("slow")) {
			System.out.println("\n" + SlowStream.heading(chunks, rate));
			inOwnProcess(SlowStream.class, daemons.toString(), Integer.toString(chunks), Integer.toString(rate));
		}
	}

	private static void inOwnProcess(Class<?> program, String... args) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(JVM);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
		command.addAll(List.of(args));
		Process process = new ProcessBuilder(command).redirectOutput(Redirect.INHERIT)
			.redirectError(Redirect.INHERIT)
			.start();
		if (process.waitFor() != 0) {
			System.out.println("| " + String.join(" ", args) + " | failed, see above |");
		}
	}

	/** Prints a row, and ends the process whatever threads there are. */
	static void report(Measurement measurement) {
		int exitValue = 0;
		try {
			PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
			measurement.rows().forEach(out::println);
		}
		catch (Exception e) {
			e.printStackTrace();
			exitValue = 1;
		}
		System.exit(exitValue);
	}

	/** Something that is started on a socket, and ended behind the measurement. */
	static Daemons.OnSocket start(Daemons daemons, String... args) {
		try {
			return daemons.onSocket("bench-sdk", args);
		}
		catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}

	/** Measures, and gives the rows of its table. */
	interface Measurement {

		List<String> rows() throws Exception;

	}

}
