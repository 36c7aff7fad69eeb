package dev.rustbridge.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks one launch in the environment of its process. What that process starts inherits
 * the mark, and keeps it when its parent is gone and nothing else tells any more whose it
 * was. Only Linux lets us read it.
 * <p>
 * A daemon may launch daemons itself. Their marks follow that of the outer one, so they
 * are descendants of both: what is left behind by the outer daemon's crash holds all that
 * was below it, as the tree of its processes does when it is stopped.
 *
 * @param token what no other launch has
 */
record LaunchMark(String token) {

	/** The tokens of all launches that a process is below of, the outermost first. */
	static final String VARIABLE = "RUSTBRIDGE_LAUNCH";

	private static final Logger logger = LoggerFactory.getLogger(LaunchMark.class);

	private static final String SEPARATOR = ":";

	/** More than Linux gives a process with the usual limit of its stack. */
	private static final int LONGEST_ENVIRONMENT = 2 << 20;

	private static final Path PROCESSES = Path.of("/proc");

	/**
	 * A mark of its own for the next launch.
	 * @return the mark
	 */
	static LaunchMark next() {
		return new LaunchMark(UUID.randomUUID().toString());
	}

	/**
	 * Adds it to the environment of the process to be launched.
	 * @param environment the variables, with the marks of outer launches
	 */
	void put(Map<String, String> environment) {
		environment.merge(VARIABLE, this.token, (outer, own) -> outer + SEPARATOR + own);
	}

	/**
	 * The processes of our own user that bear it. Reading another process may wait for
	 * it, so not for a thread that others need.
	 * @return handles, which bear the start time: a reused pid is never signalled
	 */
	List<ProcessHandle> bearers() {
		Object user = owner(PROCESSES.resolve("self"));
		if (user == null) {
			return List.of();
		}
		return ProcessHandle.allProcesses().filter((process) -> isBorneBy(process, user)).toList();
	}

	private boolean isBorneBy(ProcessHandle process, Object user) {
		Path folder = PROCESSES.resolve(Long.toString(process.pid()));
		if (!user.equals(owner(folder))) {
			return false;
		}
		try (InputStream environment = Files.newInputStream(folder.resolve("environ"))) {
			return isIn(environment.readNBytes(LONGEST_ENVIRONMENT));
		}
		catch (IOException ex) {
			logger.trace("The environment of process {} can't be read", process.pid(), ex);
			return false;
		}
	}

	/**
	 * Whether it is in the environment of a process.
	 * @param environment variables as the system keeps them, each ended by a zero
	 * @return whether that process or one above it was marked
	 */
	boolean isIn(byte[] environment) {
		String start = VARIABLE + "=";
		return Arrays.stream(new String(environment, StandardCharsets.ISO_8859_1).split("\0"))
			.filter((variable) -> variable.startsWith(start))
			.anyMatch((variable) -> List.of(variable.substring(start.length()).split(SEPARATOR)).contains(this.token));
	}

	private static @Nullable Object owner(Path process) {
		try {
			return Files.getAttribute(process, "unix:uid");
		}
		catch (IOException | UnsupportedOperationException | IllegalArgumentException ex) {
			logger.trace("The owner of {} can't be read", process, ex);
			return null;
		}
	}

}
