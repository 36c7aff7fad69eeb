package dev.rustbridge.jfr;

import java.time.Duration;
import java.util.Map;

import dev.rustbridge.RustBridge;
import dev.rustbridge.engine.Daemons;
import tools.jackson.databind.JsonNode;

/**
 * A JVM of its own that starts a bridge, makes a call, and prints the answer.
 */
public final class CallingJvm {

	private CallingJvm() {
	}

	public static void main(String[] args) {
		try (RustBridge bridge = Daemons.chaosBridge("--management").build()) {
			JsonNode answer = bridge.command("echo")
				.params(Map.of("jfr", ModuleLayer.boot().findModule("jdk.jfr").isPresent()))
				.retrieveMono(JsonNode.class)
				.block(Duration.ofSeconds(20));
			System.out.println("answer " + answer);
		}
	}

}
