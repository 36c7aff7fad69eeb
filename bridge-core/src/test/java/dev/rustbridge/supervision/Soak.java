package dev.rustbridge.supervision;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import static org.awaitility.Awaitility.await;

/**
 * How long the heavy tests run: shortly in each build, in full with
 * {@code -Drustbridge.soak=true}.
 */
final class Soak {

	static final String PROPERTY = "rustbridge.soak";

	private Soak() {
	}

	static int scaled(int shortly, int inFull) {
		return Boolean.getBoolean(PROPERTY) ? inFull : shortly;
	}

	/** Waits until so much was done, or those who do it have given up. */
	static void awaitMore(AtomicLong done, long goal, CompletableFuture<?> doers) {
		await().atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> done.get() >= goal || doers.isDone());
	}

}
