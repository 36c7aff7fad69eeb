package dev.rustbridge.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.rustbridge.BridgeState;
import dev.rustbridge.BridgeUnavailableException;
import dev.rustbridge.RustBridge;
import dev.rustbridge.transport.MemoryConnection;
import dev.rustbridge.transport.MemoryDaemon;
import dev.rustbridge.transport.MemoryTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A start that fails, and who waits for it.
 */
class AbandonedStartTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final List<Throwable> dropped = new CopyOnWriteArrayList<>();

	private final RustBridge bridge = RustBridge.builder("test")
		.transport(new MemoryTransport((instance) -> new NeverReady()))
		.build();

	@BeforeEach
	void catchWhatIsDropped() {
		Hooks.onErrorDropped(this.dropped::add);
	}

	@AfterEach
	void close() {
		this.bridge.close();
		Hooks.resetOnErrorDropped();
	}

	@Test
	void whoWaitsIsTold() {
		Mono<Void> start = this.bridge.start()
			.doOnSubscribe((subscription) -> this.bridge.states()
				.filter(BridgeState.STARTING::equals)
				.next()
				.then(this.bridge.stop())
				.subscribe());
		StepVerifier.create(start).expectError(BridgeUnavailableException.class).verify(LIMIT);
	}

	@Test
	void whoHasGoneIsNotMissed() {
		Disposable start = this.bridge.start().subscribe();
		this.bridge.states().filter(BridgeState.STARTING::equals).blockFirst(LIMIT);
		start.dispose();
		this.bridge.stop().block(LIMIT);
		assertThat(this.dropped).isEmpty();
	}

	private static final class NeverReady implements MemoryDaemon {

		@Override
		public void onConnect(MemoryConnection connection) {
			// it says nothing
		}

		@Override
		public void onBytes(byte[] buffer, int offset, int length) {
			// nor does it answer
		}

	}

}
