package dev.rustbridge.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What was measured on.
 *
 * @param processor its model, as the system calls it
 * @param cores that are there
 * @param system name and version of the kernel
 * @param java vendor and version of the virtual machine
 * @param node version of Node
 * @param rust version of the compiler that built the daemons
 */
record Machine(String processor, int cores, String system, String java, String node, String rust) {

	static Machine here() {
		return new Machine(model(), Runtime.getRuntime().availableProcessors(),
				System.getProperty("os.name") + " " + System.getProperty("os.version"),
				System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
				version("node", "--version"), version("rustc", "--version"));
	}

	private static String model() {
		try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
			return lines.filter(line -> line.startsWith("model name"))
				.map(line -> line.substring(line.indexOf(':') + 2))
				.findFirst()
				.orElse("unknown");
		}
		catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static String version(String... command) {
		try {
			Process process = new ProcessBuilder(List.of(command)).start();
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		}
		catch (IOException e) {
			return "not there";
		}
	}
}
