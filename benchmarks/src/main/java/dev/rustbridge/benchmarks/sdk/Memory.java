package dev.rustbridge.benchmarks.sdk;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The peaks of memory of this JVM and of a daemon. */
final class Memory {

	private Memory() {
	}

	/** The most that was ever resident of a process, in MB. */
	static String peakResident(long pid) throws IOException {
		for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.UTF_8)) {
			if (line.startsWith("VmHWM:")) {
				return megabytes(Long.parseLong(line.replaceAll("\\D", "")) * 1024);
			}
		}
		throw new IOException("the kernel tells no VmHWM of process " + pid);
	}

	/** The most that was ever in use on the heap of this JVM, garbage included. */
	static String peakHeap() {
		long sum = 0;
		for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
			if (pool.getType() == MemoryType.HEAP) {
				sum += pool.getPeakUsage().getUsed();
			}
		}
		return megabytes(sum);
	}

	private static String megabytes(double bytes) {
		return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
	}

}
