package dev.rustbridge.supervision;

import java.time.Duration;

import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * One bridge, whose steps are remembered and which is closed behind each test.
 */
@ExtendWith(LeakCheck.class)
abstract class BridgeFixture {

	static final Duration LIMIT = Duration.ofSeconds(10);

	final Recorder recorder = new Recorder();

	RustBridge bridge;

	RustBridge open(RustBridge.Builder builder) {
		this.bridge = builder.listener(this.recorder).build();
		return this.bridge;
	}

	@AfterEach
	void close() {
		this.bridge.close();
	}

}
