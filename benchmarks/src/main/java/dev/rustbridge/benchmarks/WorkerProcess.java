package dev.rustbridge.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/** The process of one contender: started, asked for samples one by one, stopped. */
final class WorkerProcess implements AutoCloseable {

	private static final List<String> JVM = List.of("-Xms1g", "-Xmx2g", "-XX:+IgnoreUnrecognizedVMOptions",
			"--enable-native-access=ALL-UNNAMED");

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final int START_SECONDS = 30;

	private static final int MEASURE_SECONDS = 120;

	private final Process process;

	private final BufferedReader answers;

	private final Writer commands;

	private WorkerProcess(Process process) {
		this.process = process;
		this.answers = process.inputReader(StandardCharsets.UTF_8);
		this.commands = process.outputWriter(StandardCharsets.UTF_8);
	}

	/** Starts it, and waits until its client has reached its daemon. */
	static WorkerProcess start(Entrant entrant, Mode mode, Path home) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(mode.prefix());
		Path daemons = home.resolve("daemons/target/release");
		if (entrant.onNode()) {
			// its warnings of a listener leak, one for each burst of calls, would cost it
			// time
			command.addAll(List.of("node", "--no-warnings", home.resolve("node/worker.mjs").toString()));
		}
		else {
			command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
			command.addAll(JVM);
			command.addAll(List.of("-cp", System.getProperty("java.class.path")));
			command.add("dev.rustbridge.benchmarks.worker.Worker");
		}
		command.addAll(List.of(entrant.id(), daemons.toString()));
		File log = home.resolve("target/" + entrant.id() + ".log").toFile();
		Process process = new ProcessBuilder(command).redirectError(Redirect.appendTo(log)).start();
		WorkerProcess worker = new WorkerProcess(process);
		try {
			String ready = worker.readLine(START_SECONDS);
			if (!ready.equals("ready")) {
				throw new IOException("expected 'ready', got '" + ready + "'");
			}
			return worker;
		}
		catch (IOException | TimeoutException e) {
			worker.close();
			throw new IOException(entrant.id() + " did not start; see " + log, e);
		}
	}

	/** One measurement; a worker that fails to answer is not usable afterwards. */
	Sample measure(Scenario scenario, int warmUpMillis, int millis)
			throws IOException, InterruptedException, TimeoutException {
		commands.write(scenario.id() + " " + warmUpMillis + " " + millis + "\n");
		commands.flush();
		return JSON.readValue(readLine(MEASURE_SECONDS), Sample.class);
	}

	private String readLine(int seconds) throws IOException, InterruptedException, TimeoutException {
		CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> {
			try {
				String read = answers.readLine();
				return (read != null) ? read : "";
			}
			catch (IOException e) {
				return "";
			}
		});
		try {
			String read = line.get(seconds, TimeUnit.SECONDS);
			if (read.isEmpty()) {
				throw new IOException("the worker ended");
			}
			return read;
		}
		catch (ExecutionException e) {
			throw new IOException(e.getCause());
		}
	}

	/** Lets it stop its daemon, or sees to that itself. */
	@Override
	public void close() throws InterruptedException {
		List<ProcessHandle> daemons = process.descendants().toList();
		try {
			commands.close();
		}
		catch (IOException e) {
			process.destroyForcibly();
		}
		if (!process.waitFor(5, TimeUnit.SECONDS)) {
			process.destroyForcibly();
		}
		daemons.forEach(ProcessHandle::destroyForcibly);
	}

}
