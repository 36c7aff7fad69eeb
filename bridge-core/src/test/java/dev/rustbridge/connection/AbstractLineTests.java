package dev.rustbridge.connection;

import java.time.Duration;

import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.AfterEach;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Commands to a daemon whose every line the test writes itself.
 */
abstract class AbstractLineTests {

	static final Duration LIMIT = Duration.ofSeconds(5);

	LineDaemon daemon = new LineDaemon();

	RustBridge bridge = RustBridge.builder("test").transport(this.daemon.transport()).build();

	void use(LineDaemon other, RustBridge.Builder builder) {
		this.bridge.close();
		this.daemon = other;
		this.bridge = builder.transport(other.transport()).build();
		this.bridge.start().block(LIMIT);
	}

	Flux<Integer> stream() {
		return this.bridge.command("s").retrieveFlux(Integer.class);
	}

	void chunk(String id, Object data) {
		this.daemon.send("{\"id\":\"" + id + "\",\"stream\":true,\"data\":" + data + "}");
	}

	void end(String id) {
		this.daemon.send("{\"id\":\"" + id + "\",\"success\":true,\"result\":\"done\"}");
	}

	@AfterEach
	void nothingIsLeft() {
		await().untilAsserted(() -> assertThat(this.bridge.info().inFlight()).isZero());
		this.bridge.close();
	}

}
