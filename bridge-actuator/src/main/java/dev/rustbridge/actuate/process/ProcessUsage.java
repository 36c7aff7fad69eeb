package dev.rustbridge.actuate.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What a process uses. A value is {@code null} where the system does not tell: all but
 * the processor time come from {@code /proc}, and the descriptors of a process can be
 * counted only by its own user.
 *
 * @param pid the process id
 * @param cpuTime processor time since its start, of all its threads
 * @param residentBytes resident memory in bytes
 * @param threads threads
 * @param descriptors open file descriptors
 */
public record ProcessUsage(long pid, @Nullable Duration cpuTime, @Nullable Long residentBytes,
		@Nullable Integer threads, @Nullable Integer descriptors) {

	private static final Path PROC = Path.of("/proc");

	private static final int KIBIBYTE = 1024;

	/**
	 * Asks the system.
	 * @param pid the process id
	 * @return what it tells; all is {@code null} of a process that is gone
	 */
	public static ProcessUsage of(long pid) {
		Duration cpuTime = ProcessHandle.of(pid).flatMap((handle) -> handle.info().totalCpuDuration()).orElse(null);
		Path folder = PROC.resolve(Long.toString(pid));
		List<String> status = lines(folder.resolve("status"));
		Long resident = number(status, "VmRSS:");
		Long threads = number(status, "Threads:");
		return new ProcessUsage(pid, cpuTime, (resident != null) ? resident * KIBIBYTE : null,
				(threads != null) ? threads.intValue() : null, count(folder.resolve("fd")));
	}

	private static List<String> lines(Path file) {
		try {
			return Files.readAllLines(file);
		}
		catch (IOException ex) {
			// no /proc here, or the process is gone
			return List.of();
		}
	}

	/** Of a line as {@code VmRSS:      1234 kB}. */
	private static @Nullable Long number(List<String> status, String key) {
		for (String line : status) {
			if (line.startsWith(key)) {
				return Long.valueOf(line.substring(key.length()).strip().split("\\s")[0]);
			}
		}
		return null;
	}

	private static @Nullable Integer count(Path folder) {
		try (Stream<Path> entries = Files.list(folder)) {
			return (int) entries.count();
		}
		catch (IOException ex) {
			// as above, or another user's
			return null;
		}
	}

}
