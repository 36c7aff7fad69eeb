package dev.rustbridge.engine;

import java.nio.file.Path;

import dev.rustbridge.RustBridge;

/**
 * The daemons that tests start.
 */
public final class Daemons {

	private Daemons() {
	}

	/**
	 * The daemon that misbehaves on demand.
	 * @return its executable
	 */
	public static Path chaos() {
		return Path.of(System.getProperty("rustbridge.test.daemons"), "chaos-daemon");
	}

	/**
	 * A bridge to the daemon that misbehaves on demand.
	 * @param args its arguments
	 * @return a builder
	 */
	public static RustBridge.Builder chaosBridge(String... args) {
		return RustBridge.builder("chaos").binaryPath(chaos()).args(args);
	}

}
