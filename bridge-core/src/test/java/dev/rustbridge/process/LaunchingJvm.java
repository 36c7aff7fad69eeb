package dev.rustbridge.process;

import dev.rustbridge.BridgeOptions.StdioMode;

/**
 * A JVM that launches a daemon, tells its pid, and goes on. Argument: the kind of stdio.
 */
final class LaunchingJvm {

	private LaunchingJvm() {
	}

	public static void main(String[] args) throws Exception {
		try (Host host = Host.ready(TestDaemons.options().stdio(StdioMode.valueOf(args[0])))) {
			System.out.println(host.daemon().pid());
			host.awaitEnd();
			Thread.currentThread().join();
		}
	}

}
