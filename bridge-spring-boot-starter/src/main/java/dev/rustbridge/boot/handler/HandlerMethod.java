package dev.rustbridge.boot.handler;

import java.lang.reflect.Type;
import java.util.function.Function;

import dev.rustbridge.BridgeCall;
import dev.rustbridge.BridgeEvent;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.BridgeHandler;
import dev.rustbridge.boot.RustBridgeEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A method that answers what a daemon asks.
 */
final class HandlerMethod {

	private final BridgeHandler annotation;

	private final BeanMethod method;

	private final ErrorMapping errors;

	private final ConcurrencyLimit limit;

	private final Scheduler scheduler;

	HandlerMethod(BridgeHandler annotation, BeanMethod method, ErrorMapping errors, Scheduler scheduler) {
		this.annotation = annotation;
		this.method = method;
		this.errors = errors;
		this.limit = new ConcurrencyLimit(annotation.concurrency());
		this.scheduler = scheduler;
	}

	BridgeHandler annotation() {
		return this.annotation;
	}

	ErrorMapping errors() {
		return this.errors;
	}

	String describe() {
		return this.method.describe();
	}

	boolean repliesToEvents() {
		return !this.annotation.event().isEmpty();
	}

	Mono<?> answer(BridgeCall call) {
		return invoke((type) -> (type == BridgeCall.class) ? call : call.as(type))
			.onErrorResume((ex) -> this.errors.asFailure(ex, call));
	}

	Mono<Object> answer(BridgeEvent event, RustBridge bridge) {
		return invoke((type) -> {
			if (type == RustBridgeEvent.class) {
				return new RustBridgeEvent(bridge, event);
			}
			return (type == BridgeEvent.class) ? event : event.as(type);
		}).onErrorResume(this.errors::asReply);
	}

	private Mono<Object> invoke(Function<Type, @Nullable Object> argument) {
		Mono<Object> invocation = Mono.defer(() -> {
			Type[] types = this.method.method().getGenericParameterTypes();
			@Nullable Object[] arguments = new Object[this.method.parameterCount()];
			for (int index = 0; index < arguments.length; index++) {
				arguments[index] = argument.apply(types[index]);
			}
			return this.method.invoke(arguments);
		}).subscribeOn(this.scheduler);
		return this.limit.apply(invocation);
	}

}
