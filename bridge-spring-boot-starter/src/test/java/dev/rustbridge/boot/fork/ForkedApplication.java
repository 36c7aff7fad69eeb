package dev.rustbridge.boot.fork;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An application in a JVM of its own, for what can't be tried in that of the tests.
 */
public final class ForkedApplication {

	private final Class<?> main;

	private final List<String> prefix = new ArrayList<>();

	private final List<String> options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
			"-Drustbridge.test.daemons=" + System.getProperty("rustbridge.test.daemons")));

	private String classPath = System.getProperty("java.class.path");

	/**
	 * Prepares an application.
	 * @param main has its main method
	 */
	public ForkedApplication(Class<?> main) {
		this.main = main;
	}

	/**
	 * Starts it by another program.
	 * @param command the program and its arguments, after which those of the JVM come
	 * @return this
	 */
	public ForkedApplication startedBy(String... command) {
		this.prefix.addAll(List.of(command));
		return this;
	}

	/**
	 * Sets options of the JVM.
	 * @param jvmOptions the options
	 * @return this
	 */
	public ForkedApplication options(String... jvmOptions) {
		this.options.addAll(List.of(jvmOptions));
		return this;
	}

	/**
	 * Adds to the class path of the tests.
	 * @param entry a jar or a folder
	 * @return this
	 */
	public ForkedApplication with(String entry) {
		this.classPath += File.pathSeparator + entry;
		return this;
	}

	/**
	 * Takes jars from the class path of the tests.
	 * @param names how the names of the jars begin
	 * @return this
	 */
	public ForkedApplication without(String... names) {
		this.classPath = Arrays.stream(this.classPath.split(File.pathSeparator))
			.filter((entry) -> Arrays.stream(names).noneMatch(Path.of(entry).getFileName().toString()::startsWith))
			.collect(Collectors.joining(File.pathSeparator));
		return this;
	}

	/**
	 * Runs it to its end.
	 * @param arguments of the application
	 * @return what came of it
	 * @throws IOException when the JVM can't be started
	 * @throws InterruptedException when the test is interrupted
	 */
	public Result run(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(this.prefix);
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(this.options);
		command.add(this.main.getName());
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("CLASSPATH", this.classPath);
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Result(process.waitFor(), output);
	}

	/**
	 * What came of it.
	 *
	 * @param exitValue its exit value
	 * @param output what its console showed
	 */
	public record Result(int exitValue, String output) {

	}

}
