package dev.rustbridge;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What can be asked of a machine that does other things besides.
 */
public final class BusyMachine {

	private BusyMachine() {
	}

	/**
	 * A time that was promised, for a machine whose cores are free.
	 * @param promise the time that it may take there
	 * @return the promise itself, or as much more as the cores are overcommitted
	 */
	public static Duration allows(Duration promise) {
		double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
		double perCore = load / Runtime.getRuntime().availableProcessors();
		return promise.multipliedBy(Math.max(1, (long) Math.ceil(perCore)));
	}

}
