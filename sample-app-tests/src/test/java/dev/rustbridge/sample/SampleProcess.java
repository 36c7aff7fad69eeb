package dev.rustbridge.sample;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The sample application as its executable jar, on a port of its own.
 */
public final class SampleProcess implements AutoCloseable {

	private static final Pattern ANNOUNCEMENT = Pattern.compile("Code search is up: +(http://\\S+)");

	private final ServerProcess server;

	private SampleProcess(ServerProcess server) {
		this.server = server;
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
		return new SampleProcess(ServerProcess.start(ANNOUNCEMENT, command));
	}

	/**
	 * Where it is.
	 * @return its address, with a slash at the end
	 */
	public String address() {
		return this.server.address();
	}

	@Override
	public void close() throws Exception {
		this.server.close();
	}

}
