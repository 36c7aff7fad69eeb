package dev.rustbridge.benchmarks.worker;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process and its daemon have used up so far.
 *
 * @param hostCpuNanos processor time of this JVM, with its collector and compilers
 * @param daemonCpuNanos processor time of the daemon
 * @param allocatedBytes by all live threads of this JVM
 */
record ProcessCost(long hostCpuNanos, long daemonCpuNanos, long allocatedBytes) {

	/** /proc counts in hundredths of a second on every Linux that Java runs on. */
	private static final long TICK_NANOS = 10_000_000;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	static ProcessCost now(long daemonPid) throws IOException {
		long allocated = 0;
		for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
			allocated += Math.max(bytes, 0);
		}
		return new ProcessCost(cpuNanos("self"), cpuNanos(Long.toString(daemonPid)), allocated);
	}

	private static long cpuNanos(String pid) throws IOException {
		String stat = Files.readString(Path.of("/proc", pid, "stat"), StandardCharsets.US_ASCII);
		// the name before the last bracket may hold blanks; utime and stime are the 14th
		// and 15th
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
		return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_NANOS;
	}
}
