package dev.rustbridge.test.app;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.rustbridge.BridgeSession;
import dev.rustbridge.boot.BridgeEventListener;
import dev.rustbridge.boot.BridgeHandler;
import dev.rustbridge.boot.BridgeInitializer;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Has to do with bridges: what the daemon is told first, asks, and tells.
 */
@Component
class Workspace {

	private final List<String> changed = new CopyOnWriteArrayList<>();

	@BridgeInitializer(bridge = "search")
	Mono<Void> open(BridgeSession session) {
		return session.command("open").retrieveMono(Void.class);
	}

	@BridgeHandler(bridge = "search", method = "authorize")
	Decision authorize(Access access) {
		if (access.path().isEmpty()) {
			throw new IllegalArgumentException("there is no path");
		}
		return new Decision(access.path().startsWith("/src"));
	}

	@BridgeEventListener(bridge = "search", event = "fileChanged")
	void on(Change change) {
		this.changed.add(change.path());
	}

	List<String> changed() {
		return this.changed;
	}

	record Access(String path) {

	}

	record Decision(boolean allowed) {

	}

	record Change(String path) {

	}

}
