package dev.rustbridge.supervision;

import java.util.concurrent.CompletableFuture;

/**
 * A planned restart that is under way.
 *
 * @param old the generation that serves
 * @param successor the one that comes up
 * @param done completes with the outcome
 */
record Replacement(Generation old, Generation successor, CompletableFuture<Void> done) {

	Replacement(Generation old, Generation successor) {
		this(old, successor, new CompletableFuture<>());
	}

	void succeed() {
		this.done.complete(null);
	}

	void fail(Throwable why) {
		this.done.completeExceptionally(why);
	}

}
