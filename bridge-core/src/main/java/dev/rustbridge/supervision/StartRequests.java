package dev.rustbridge.supervision;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Who waits for an instance to serve. Confined to the loop.
 */
final class StartRequests {

	private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

	CompletableFuture<Void> add() {
		return add(new CompletableFuture<>());
	}

	CompletableFuture<Void> add(CompletableFuture<Void> request) {
		this.waiting.add(request);
		return request;
	}

	boolean isEmpty() {
		return this.waiting.isEmpty();
	}

	void succeed() {
		tell((request) -> request.complete(null));
	}

	void fail(Throwable why) {
		tell((request) -> request.completeExceptionally(why));
	}

	/** What they do may ask for another start. */
	private void tell(Consumer<CompletableFuture<Void>> news) {
		List<CompletableFuture<Void>> told = List.copyOf(this.waiting);
		this.waiting.clear();
		told.forEach(news);
	}

}
