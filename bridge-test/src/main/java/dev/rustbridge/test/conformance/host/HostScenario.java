package dev.rustbridge.test.conformance.host;

import java.util.List;

/**
 * What a daemon does wrong, and what its host must make of it. Every command of every
 * scenario must end exactly once.
 *
 * @param name how it is started
 * @param about what the daemon does
 * @param capabilities what it announces; empty for a classic daemon
 * @param needsProcess whether it ends or logs as only a process can; the others could run
 * on a socket as well
 * @param startFails whether the host must refuse the daemon, at once and with a reason
 * @param servesOn whether {@code echo} must then be answered with its parameters, over
 * the same connection
 * @param steps what the host is to send, and how each must end
 */
public record HostScenario(String name, String about, List<String> capabilities, boolean needsProcess,
		boolean startFails, boolean servesOn, List<Step> steps) {

	/**
	 * Makes a scenario.
	 */
	public HostScenario {
		capabilities = List.copyOf(capabilities);
		steps = List.copyOf(steps);
	}

}
