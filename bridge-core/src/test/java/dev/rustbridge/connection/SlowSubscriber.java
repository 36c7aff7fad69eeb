package dev.rustbridge.connection;

import java.util.concurrent.CompletableFuture;

import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * Asks for nothing by itself, and counts what it is given.
 */
final class SlowSubscriber extends BaseSubscriber<String> {

	final CompletableFuture<Integer> completed = new CompletableFuture<>();

	volatile Throwable failure;

	private int count;

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		// asks for nothing
	}

	@Override
	protected void hookOnNext(String value) {
		this.count++;
	}

	@Override
	protected void hookOnComplete() {
		this.completed.complete(this.count);
	}

	@Override
	protected void hookOnError(Throwable error) {
		this.failure = error;
		this.completed.completeExceptionally(error);
	}

}
