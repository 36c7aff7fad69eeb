package dev.rustbridge.boot.handler;

import dev.rustbridge.BridgeSession;
import dev.rustbridge.boot.BridgeInitializer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A method that tells a daemon what it must know first.
 *
 * @param annotation says of which bridge
 * @param method the method
 * @param scheduler where it runs: it may block
 */
record InitializerMethod(BridgeInitializer annotation, BeanMethod method, Scheduler scheduler) {

	Mono<Void> initialize(BridgeSession session) {
		@Nullable Object[] arguments = (this.method.parameterCount() == 0) ? new Object[0] : new Object[] { session };
		return this.method.invoke(arguments).then().subscribeOn(this.scheduler);
	}

}
