package dev.rustbridge.actuate.endpoint;

import dev.rustbridge.RustBridge;
import reactor.core.publisher.Mono;

/**
 * What an operator may do with a bridge.
 */
public enum BridgeAction {

	/** Start it, or try again when it has failed. */
	START {
		@Override
		Mono<Void> on(RustBridge bridge) {
			return bridge.start();
		}
	},

	/** Drain and stop it. */
	STOP {
		@Override
		Mono<Void> on(RustBridge bridge) {
			return bridge.stop();
		}
	},

	/** Replace its daemon without losing a call. */
	RESTART {
		@Override
		Mono<Void> on(RustBridge bridge) {
			return bridge.restart();
		}
	};

	abstract Mono<Void> on(RustBridge bridge);

}
