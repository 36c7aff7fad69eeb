package dev.rustbridge.supervision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Looks at processes that are not children of ours.
 */
final class Processes {

	private Processes() {
	}

	/**
	 * Whether it runs. Where nobody reaps orphans, as in many containers, one that has
	 * exited stays in the table for ever.
	 * @param pid its id
	 * @return whether it has not exited
	 */
	static boolean isRunning(long pid) {
		if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
			return false;
		}
		Path stat = Path.of("/proc", Long.toString(pid), "stat");
		try {
			String text = Files.readString(stat);
			return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
		}
		catch (IOException ex) {
			// gone meanwhile, or no Linux
			return !Files.isDirectory(Path.of("/proc/self"));
		}
	}

}
