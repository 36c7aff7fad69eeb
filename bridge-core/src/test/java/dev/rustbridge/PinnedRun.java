package dev.rustbridge;

import java.io.IOException;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Pins the whole JVM, and the daemons that it starts, to the cores that the system
 * property {@code rustbridge.test.cores} lists, as {@code taskset -c} reads them.
 */
public final class PinnedRun implements LauncherSessionListener {

	static final String CORES = "rustbridge.test.cores";

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		String cores = System.getProperty(CORES);
		if (cores == null || !hasTaskset()) {
			return;
		}
		String self = Long.toString(ProcessHandle.current().pid());
		if (run("taskset", "--all-tasks", "--cpu-list", "--pid", cores, self) != 0) {
			throw new IllegalStateException("taskset could not pin the tests to the cores " + cores);
		}
	}

	/**
	 * Whether this run has some of the cores only.
	 * @return true where they were asked for
	 */
	public static boolean isPinned() {
		return System.getProperty(CORES) != null;
	}

	static boolean hasTaskset() {
		try {
			return run("taskset", "--version") == 0;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	private static int run(String... command) {
		try {
			return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start()
				.waitFor();
		}
		catch (IOException ex) {
			throw new IllegalStateException("There is no " + command[0], ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
