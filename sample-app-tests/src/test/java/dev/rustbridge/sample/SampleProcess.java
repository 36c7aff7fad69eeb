package dev.rustbridge.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sample application as its executable jar, on a port of its own.
 */
public final class SampleProcess implements AutoCloseable {

	private static final Pattern ADDRESS = Pattern.compile("Code search is up: +(http://\\S+)");

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Process process;

	private final String address;

	private SampleProcess(Process process, String address) {
		this.process = process;
		this.address = address;
	}

	/**
	 * Starts it, and waits until it is up.
	 * @param root the tree that it searches
	 * @param more further arguments
	 * @return the application
	 */
	public static SampleProcess start(Path root, String... more) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						// it lives for seconds
						"-XX:TieredStopAtLevel=1", "-jar", System.getProperty("sample.jar"), "--server.port=0",
						"--code-search.root=" + root));
		command.addAll(List.of(more));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		CompletableFuture<String> address = new CompletableFuture<>();
		Thread reader = new Thread(() -> read(process, address), "sample application");
		reader.setDaemon(true);
		reader.start();
		try {
			return new SampleProcess(process, address.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
		}
		catch (Exception ex) {
			process.destroyForcibly();
			throw ex;
		}
	}

	private static void read(Process process, CompletableFuture<String> address) {
		StringBuilder log = new StringBuilder();
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				log.append(line).append('\n');
				Matcher matcher = ADDRESS.matcher(line);
				if (matcher.find()) {
					address.complete(matcher.group(1));
				}
			}
			address.completeExceptionally(new IllegalStateException("The application did not come up:\n" + log));
		}
		catch (IOException ex) {
			address.completeExceptionally(ex);
		}
	}

	/**
	 * Where it is.
	 * @return its address, with a slash at the end
	 */
	public String address() {
		return this.address;
	}

	/** Stops it as a service manager does, and makes sure that its daemon went along. */
	@Override
	public void close() throws Exception {
		List<ProcessHandle> children = this.process.descendants().toList();
		this.process.destroy();
		if (!this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
			this.process.destroyForcibly();
			throw new IllegalStateException("The application does not end");
		}
		for (ProcessHandle child : children) {
			child.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
	}

}
