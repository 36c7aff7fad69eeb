package dev.rustbridge.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that says on its output at which address it serves.
 */
public final class ServerProcess implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Process process;

	private final String address;

	private ServerProcess(Process process, String address) {
		this.process = process;
		this.address = address;
	}

	/**
	 * Starts it, and waits until it serves.
	 * @param announcement its first group is the address
	 * @param command the program and its arguments
	 * @return the process
	 */
	public static ServerProcess start(Pattern announcement, List<String> command) throws Exception {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		CompletableFuture<String> address = new CompletableFuture<>();
		Thread reader = new Thread(() -> read(process, announcement, address), command.get(0));
		reader.setDaemon(true);
		reader.start();
		try {
			return new ServerProcess(process, address.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
		}
		catch (Exception ex) {
			process.destroyForcibly();
			throw ex;
		}
	}

	private static void read(Process process, Pattern announcement, CompletableFuture<String> address) {
		StringBuilder log = new StringBuilder();
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				log.append(line).append('\n');
				Matcher matcher = announcement.matcher(line);
				if (matcher.find()) {
					address.complete(matcher.group(1));
				}
			}
			address.completeExceptionally(new IllegalStateException("It did not come up:\n" + log));
		}
		catch (IOException ex) {
			address.completeExceptionally(ex);
		}
	}

	/**
	 * Where it is.
	 * @return what it said
	 */
	public String address() {
		return this.address;
	}

	/**
	 * Stops it as a service manager does, and makes sure that its children went along.
	 */
	@Override
	public void close() throws Exception {
		List<ProcessHandle> children = this.process.descendants().toList();
		this.process.destroy();
		if (!this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
			this.process.destroyForcibly();
			throw new IllegalStateException("Process " + this.process.pid() + " does not end");
		}
		for (ProcessHandle child : children) {
			child.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
	}

}
