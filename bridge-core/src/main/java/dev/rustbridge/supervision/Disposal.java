package dev.rustbridge.supervision;

import java.util.concurrent.CompletableFuture;

import dev.rustbridge.transport.DaemonHandle;
import dev.rustbridge.transport.Link;

/**
 * Leaves nothing of a link and of the process behind it.
 */
final class Disposal {

	private Disposal() {
	}

	/**
	 * Begins. Any thread; never blocks.
	 * @param link what is to go
	 * @param inHaste whether the process gets no time to exit by itself
	 * @return completes, on any thread, once nothing is left
	 */
	static CompletableFuture<Void> of(Link link, boolean inHaste) {
		DaemonHandle daemon = link.daemon();
		if (daemon == null) {
			link.shutdownOutput();
			link.close();
			return CompletableFuture.completedFuture(null);
		}
		// its last words are read until it is gone
		return daemon.stop(link::shutdownOutput, inHaste).whenComplete((done, failure) -> link.close());
	}

}
