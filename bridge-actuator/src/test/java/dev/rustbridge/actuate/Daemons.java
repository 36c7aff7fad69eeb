package dev.rustbridge.actuate;

import java.nio.file.Path;

import dev.rustbridge.RustBridge;

/**
 * The daemons that tests start.
 */
public final class Daemons {

	private Daemons() {
	}

	/** The daemon that misbehaves on demand. */
	public static Path chaos() {
		return Path.of(System.getProperty("rustbridge.test.daemons", "target/release"), "chaos-daemon");
	}

	/** A bridge to it. */
	public static RustBridge.Builder chaosBridge(String name, String... args) {
		return RustBridge.builder(name).binaryPath(chaos()).args(args);
	}

}
