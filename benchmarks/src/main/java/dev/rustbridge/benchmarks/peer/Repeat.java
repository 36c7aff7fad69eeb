package dev.rustbridge.benchmarks.peer;

import dev.rustbridge.benchmarks.Messages.Echo;
import dev.rustbridge.benchmarks.load.Lane;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** How Reactor clients drive a lane. */
final class Repeat {

	private Repeat() {
	}

	/**
	 * Subscribes to {@code call} anew after each of its answers, on the thread of that
	 * answer.
	 */
	static void of(Mono<Echo> call, Lane lane) {
		boolean[] on = { true };
		lane.sending();
		call.doOnNext(reply -> {
			on[0] = lane.count(reply.seq(), reply.text());
			lane.sending();
		}).repeat(() -> on[0]).subscribe(null, lane::failed);
	}

	static <T> T required(@Nullable T reply) {
		if (reply == null) {
			throw new IllegalStateException("an empty answer");
		}
		return reply;
	}

}
