package dev.rustbridge.boot.handler;

import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.RustBridgeCustomizer;

/**
 * Gives the declared bridges their handlers of calls, and their initializers.
 */
public final class CallHandlers implements RustBridgeCustomizer {

	private final HandlerRegistry registry;

	/**
	 * Makes a customizer.
	 * @param registry has the handlers
	 */
	public CallHandlers(HandlerRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void customize(String name, RustBridge.Builder builder) {
		builder.scheduler(this.registry.scheduler());
		this.registry.ofCalls(name)
			.forEach((handler) -> builder.onCall(handler.annotation().method(), handler::answer));
		this.registry.initializers()
			.stream()
			.filter((initializer) -> initializer.annotation().bridge().equals(name))
			.forEach((initializer) -> builder.initializer(initializer::initialize));
	}

}
