package dev.rustbridge.process;

import java.nio.file.Path;
import java.time.Duration;

import dev.rustbridge.BridgeOptions.Descendants;

/**
 * A JVM that stops its daemon while it shuts down. Arguments: the daemon, its exit note.
 */
final class StoppingInHook {

	private StoppingInHook() {
	}

	public static void main(String[] args) throws Exception {
		Process process = new ProcessBuilder(args[0], "--ignore-stdin-end", "--note-sigterm", "--exit-note",
				Path.of(args[1]).toString())
			.start();
		process.inputReader().readLine();
		Stopper stopper = new Stopper(process,
				TestDaemons.shutdown(Duration.ofMillis(100), Duration.ofSeconds(10), Descendants.KILL), null);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> stopper.stop(() -> {
		}, false).join()));
		System.out.println("up");
		process.waitFor();
	}

}
