package dev.rustbridge.test.conformance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Reads the arguments of the runnable jar.
 */
final class CommandLine {

	private final Iterator<String> arguments;

	/**
	 * What is told to the builder, which can be made only once the daemon is known.
	 */
	private final List<Consumer<ConformanceOptions.Builder>> settings = new ArrayList<>();

	private @Nullable MethodRole role;

	private String method = "";

	private String params = "{}";

	private @Nullable Path socket;

	private CommandLine(List<String> arguments) {
		this.arguments = arguments.iterator();
	}

	/**
	 * Reads arguments.
	 * @param arguments the arguments
	 * @return what they mean
	 * @throws IllegalArgumentException if they mean nothing, in words for people
	 */
	static ConformanceOptions parse(List<String> arguments) {
		return new CommandLine(arguments).parse();
	}

	private ConformanceOptions parse() {
		List<String> command = new ArrayList<>();
		while (this.arguments.hasNext()) {
			String argument = this.arguments.next();
			if (argument.equals("--")) {
				this.arguments.forEachRemaining(command::add);
			}
			else {
				option(argument);
			}
		}
		endMethod();
		ConformanceOptions.Builder builder = builder(command);
		this.settings.forEach((setting) -> setting.accept(builder));
		return builder.build();
	}

	private ConformanceOptions.Builder builder(List<String> command) {
		if (this.socket != null) {
			if (!command.isEmpty()) {
				throw new IllegalArgumentException(
						"--socket is for a daemon that runs already: start it yourself, and leave the command out");
			}
			return ConformanceOptions.socket(this.socket);
		}
		if (command.isEmpty()) {
			throw new IllegalArgumentException("no daemon: add -- and its command, or --socket PATH");
		}
		return ConformanceOptions.command(command);
	}

	private void option(String name) {
		Optional<MethodRole> named = Arrays.stream(MethodRole.values())
			.filter((candidate) -> candidate.option().equals(name))
			.findFirst();
		if (named.isPresent()) {
			endMethod();
			this.role = named.get();
			this.method = value(name);
			return;
		}
		switch (name) {
			case "--params" -> {
				if (this.role == null) {
					throw new IllegalArgumentException("--params belongs behind the option that names its method");
				}
				this.params = value(name);
			}
			case "--socket" -> this.socket = Path.of(value(name));
			case "--item" -> set(name, ConformanceOptions.Builder::item);
			case "--host-result" -> set(name, ConformanceOptions.Builder::hostResult);
			case "--ready-event" -> set(name, ConformanceOptions.Builder::readyEvent);
			case "--timeout" -> set(name, (builder, value) -> builder.timeout(seconds(name, value)));
			case "--drain-time" -> set(name, (builder, value) -> builder.drainTime(seconds(name, value)));
			default -> throw new IllegalArgumentException(
					"unknown option " + name + (name.startsWith("-") ? "" : "; the daemon's command follows --"));
		}
	}

	private void endMethod() {
		if (this.role != null) {
			MethodRole ended = this.role;
			String name = this.method;
			String json = this.params;
			this.settings.add((builder) -> builder.method(ended, name, json));
		}
		this.role = null;
		this.params = "{}";
	}

	private void set(String name, Setting setting) {
		String value = value(name);
		this.settings.add((builder) -> setting.set(builder, value));
	}

	private String value(String name) {
		if (!this.arguments.hasNext()) {
			throw new IllegalArgumentException(name + " needs a value");
		}
		return this.arguments.next();
	}

	private static Duration seconds(String name, String value) {
		try {
			return Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000));
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(name + " needs a number of seconds, and got " + value, ex);
		}
	}

	@FunctionalInterface
	private interface Setting {

		void set(ConformanceOptions.Builder builder, String value);

	}

}
