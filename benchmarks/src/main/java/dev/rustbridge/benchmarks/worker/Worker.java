package dev.rustbridge.benchmarks.worker;

import dev.rustbridge.benchmarks.Sample;
import dev.rustbridge.benchmarks.Scenario;
import dev.rustbridge.benchmarks.load.Contender;
import dev.rustbridge.benchmarks.load.Daemons;
import dev.rustbridge.benchmarks.load.Tally;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program of a contender's own JVM. Reads {@code scenario warmUpMillis millis} lines
 * from stdin and answers each with a line of JSON, a {@link Sample}, until stdin ends.
 */
public final class Worker {

	private static final JsonMapper JSON = JsonMapper.shared();

	private Worker() {
	}

	/** Arguments: the contender's name, the folder of the daemons. */
	public static void main(String[] args) throws Exception {
		PrintStream answers = System.out;
		// nothing that a library prints may get between the answers
		System.setOut(System.err);
		try (Contender contender = Contenders.open(args[0], new Daemons(args[1]))) {
			answers.println("ready");
			BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String line = commands.readLine(); line != null; line = commands.readLine()) {
				answers.println(JSON.writeValueAsString(measure(contender, line.split(" "))));
			}
		}
		// some peers leave threads behind
		System.exit(0);
	}

	private static Sample measure(Contender contender, String[] command) throws IOException {
		Scenario scenario = Scenario.of(command[0]);
		try {
			long warmUp = Long.parseLong(command[1]);
			if (warmUp > 0) {
				contender.run(scenario, Duration.ofMillis(warmUp));
			}
			ProcessCost before = ProcessCost.now(contender.daemonPid());
			Tally tally = contender.run(scenario, Duration.ofMillis(Long.parseLong(command[2])));
			ProcessCost after = ProcessCost.now(contender.daemonPid());
			return new Sample(tally.calls(), tally.nanos(), tally.times().percentile(0.5),
					tally.times().percentile(0.99), after.hostCpuNanos() - before.hostCpuNanos(),
					after.daemonCpuNanos() - before.daemonCpuNanos(), after.allocatedBytes() - before.allocatedBytes(),
					null);
		}
		catch (Exception e) {
			e.printStackTrace();
			return Sample.failed(e.toString());
		}
	}

}
