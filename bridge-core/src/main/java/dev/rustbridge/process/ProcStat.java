package dev.rustbridge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Linux tells of a process in {@code /proc/<pid>/stat}. It is made on the spot, so
 * reading it waits for nothing.
 *
 * @param state a letter, such as {@code S} while it sleeps
 * @param flags of the kernel
 */
record ProcStat(char state, long flags) {

	private static final Path PROCESSES = Path.of("/proc");

	private static final Logger logger = LoggerFactory.getLogger(ProcStat.class);

	/** From the first step of an exit on: {@code PF_EXITING}. */
	private static final long EXITING = 4;

	/** Of the flags, from the state on. */
	private static final int FLAGS = 6;

	/**
	 * Reads it.
	 * @param pid the process
	 * @return {@code null} if there is no such process, or the system is not Linux
	 */
	static @Nullable ProcStat of(long pid) {
		try {
			return parse(Files.readString(folder(pid).resolve("stat")));
		}
		catch (IOException ex) {
			logger.trace("Process {} has no state to be read", pid, ex);
			return null;
		}
	}

	private static Path folder(long pid) {
		return PROCESSES.resolve(Long.toString(pid));
	}

	/**
	 * Whether the exit value of a child of ours is certain to come, if it did not yet.
	 * @param pid the child
	 * @return whether it exits, has exited, or was reaped already; {@code false} if the
	 * system is not Linux
	 */
	static boolean isExiting(long pid) {
		ProcStat stat = of(pid);
		if (stat != null) {
			return stat.isZombie() || (stat.flags & EXITING) != 0;
		}
		return Files.exists(PROCESSES.resolve("self")) && Files.notExists(folder(pid));
	}

	private static ProcStat parse(String stat) {
		// behind the name, which may hold anything
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
		return new ProcStat(fields[0].charAt(0), Long.parseLong(fields[FLAGS]));
	}

	/**
	 * Whether nothing of it is left but its entry in the table.
	 * @return whether it waits to be reaped
	 */
	boolean isZombie() {
		return this.state == 'Z';
	}

}
