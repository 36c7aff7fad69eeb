package dev.rustbridge.sample;

import java.time.Duration;
import java.util.Map;

import dev.rustbridge.BridgeSession;
import dev.rustbridge.boot.BridgeInitializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Has every new daemon watch the root: a daemon that comes back after a crash knows
 * nothing of what its predecessor was told.
 */
@Component
class RootWatch {

	private static final Logger logger = LoggerFactory.getLogger(RootWatch.class);

	/** A tree with very many folders takes long to watch; the search must not wait. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final CodeSearchProperties properties;

	RootWatch(CodeSearchProperties properties) {
		this.properties = properties;
	}

	@BridgeInitializer(bridge = "search")
	Mono<Void> watch(BridgeSession session) {
		return session.command("watch")
			.params(Map.of("root", this.properties.root()))
			.timeout(PATIENCE)
			.retrieveMono(Void.class)
			.onErrorResume((failure) -> {
				logger.warn("Changes of files are not shown: {}", failure.getMessage());
				return Mono.empty();
			});
	}

}
