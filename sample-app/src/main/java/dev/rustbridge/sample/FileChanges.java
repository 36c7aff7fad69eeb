package dev.rustbridge.sample;

import dev.rustbridge.boot.BridgeEventListener;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.stereotype.Component;

/**
 * Passes what the daemon tells of changed files on to all pages that are open.
 */
@Component
class FileChanges {

	/** A page that is too slow misses some: it shows the latest only. */
	private final Sinks.Many<FileChanged> changes = Sinks.many().multicast().directBestEffort();

	@BridgeEventListener(bridge = "search", event = "fileChanged")
	void fileChanged(FileChanged change) {
		this.changes.tryEmitNext(change);
	}

	Flux<FileChanged> changes() {
		return this.changes.asFlux();
	}

}
