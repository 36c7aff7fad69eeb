package dev.rustbridge.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.rustbridge.BridgeOptions;

/**
 * The command line, environment and working directory of a daemon.
 */
final class LaunchCommand {

	/** What a process without inheritance gets all the same: without it little works. */
	private static final List<String> ALWAYS_INHERITED = List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ",
			"TMPDIR", LaunchMark.VARIABLE);

	private static final List<String> ALWAYS_INHERITED_ON_WINDOWS = List.of("SystemRoot");

	private final BridgeOptions options;

	private final Surroundings surroundings;

	LaunchCommand(BridgeOptions options, Surroundings surroundings) {
		this.options = options;
		this.surroundings = surroundings;
	}

	/**
	 * Makes the builder of a process; its streams are still those of the JDK.
	 * @param executable what to start
	 * @return the builder
	 * @throws IllegalArgumentException when the options can't be those of any process
	 */
	ProcessBuilder builder(Path executable) {
		List<String> command = new ArrayList<>();
		command.add(executable.toString());
		command.addAll(this.options.args());
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.directory(directory());
		Map<String, String> environment = builder.environment();
		if (!this.options.inheritEnvironment()) {
			environment.keySet().retainAll(alwaysInherited());
		}
		this.options.environment().forEach((name, value) -> put(environment, name, value));
		return builder;
	}

	private List<String> alwaysInherited() {
		return this.surroundings.platform().isWindows() ? concat(ALWAYS_INHERITED, ALWAYS_INHERITED_ON_WINDOWS)
				: ALWAYS_INHERITED;
	}

	private static List<String> concat(List<String> first, List<String> second) {
		List<String> all = new ArrayList<>(first);
		all.addAll(second);
		return all;
	}

	private File directory() {
		Path configured = this.options.workingDirectory();
		if (configured == null) {
			return this.surroundings.directory().toFile();
		}
		Path directory = this.surroundings.directory().resolve(configured);
		if (!Files.isDirectory(directory)) {
			throw new IllegalArgumentException("'working-directory' is %s, which %s".formatted(directory,
					Files.exists(directory) ? "is no directory" : "does not exist"));
		}
		return directory.toFile();
	}

	private static void put(Map<String, String> environment, String name, String value) {
		try {
			environment.put(name, value);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("'environment' holds the variable '%s', which no process can have: %s"
				.formatted(name, ex.getMessage()), ex);
		}
	}

}
