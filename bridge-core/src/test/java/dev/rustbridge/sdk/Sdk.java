package dev.rustbridge.sdk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeListener;
import dev.rustbridge.RustBridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A bridge to a daemon on the SDK, with what was seen of it.
 */
final class Sdk implements AutoCloseable {

	static final Duration LIMIT = Duration.ofSeconds(10);

	private final RustBridge bridge;

	private final List<BridgeEvent> events = new CopyOnWriteArrayList<>();

	private final List<String> violations = new CopyOnWriteArrayList<>();

	private Sdk(RustBridge.Builder builder) {
		this.bridge = builder.listener(new BridgeListener() {

			@Override
			public void event(BridgeEvent event) {
				Sdk.this.events.add(event);
			}

			@Override
			public void protocolViolation(Violation violation, String excerpt) {
				Sdk.this.violations.add(violation + ": " + excerpt);
			}

		}).build();
		this.bridge.start().block(LIMIT);
	}

	/**
	 * The example that behaves well and badly.
	 */
	static RustBridge.Builder workbench() {
		return example("workbench");
	}

	static RustBridge.Builder example(String name) {
		return RustBridge.builder(name)
			.binaryPath(Path.of(System.getProperty("rustbridge.test.daemons"), "examples", name));
	}

	/**
	 * A daemon that announces nothing.
	 */
	static RustBridge.Builder classic() {
		return RustBridge.builder("classic")
			.binaryPath(Path.of(System.getProperty("rustbridge.test.daemons"), "chaos-daemon"));
	}

	static Sdk start(RustBridge.Builder builder) {
		return new Sdk(builder);
	}

	RustBridge bridge() {
		return this.bridge;
	}

	BridgeEvent awaitEvent(String name) {
		return await().atMost(LIMIT)
			.until(() -> this.events.stream().filter((event) -> event.name().equals(name)).findFirst().orElse(null),
					(event) -> event != null);
	}

	/**
	 * Ends the bridge, which must have no call left, and saw no line that was against the
	 * protocol.
	 */
	@Override
	public void close() {
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.bridge.info().inFlight()).isZero());
		this.bridge.close();
		assertThat(this.violations).isEmpty();
	}

}
