package dev.rustbridge.boot.handler;

import java.util.List;

import dev.rustbridge.BridgeCall;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.BridgeHandlerInterceptor;
import dev.rustbridge.boot.RustBridgeCustomizer;
import reactor.core.publisher.Mono;

/**
 * Gives the declared bridges their handlers of calls, and their initializers.
 */
public final class CallHandlers implements RustBridgeCustomizer {

	private final HandlerRegistry registry;

	private final List<BridgeHandlerInterceptor> interceptors;

	/**
	 * Makes a customizer.
	 * @param registry has the handlers
	 * @param interceptors stand around them, the first one outermost
	 */
	public CallHandlers(HandlerRegistry registry, List<BridgeHandlerInterceptor> interceptors) {
		this.registry = registry;
		this.interceptors = List.copyOf(interceptors);
	}

	@Override
	public void customize(String name, RustBridge.Builder builder) {
		builder.scheduler(this.registry.scheduler());
		this.registry.ofCalls(name)
			.forEach((handler) -> builder.onCall(handler.annotation().method(), (call) -> answer(handler, call)));
		this.registry.initializers()
			.stream()
			.filter((initializer) -> initializer.annotation().bridge().equals(name))
			.forEach((initializer) -> builder.initializer(initializer::initialize));
	}

	private Mono<?> answer(HandlerMethod handler, BridgeCall call) {
		Mono<?> answer = handler.answer(call);
		for (int index = this.interceptors.size() - 1; index >= 0; index--) {
			answer = this.interceptors.get(index).intercept(call, answer);
		}
		return answer;
	}

}
