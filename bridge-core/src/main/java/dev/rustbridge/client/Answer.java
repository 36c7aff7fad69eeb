package dev.rustbridge.client;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.rustbridge.CommandSpec;
import dev.rustbridge.StreamingResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * How a method of a client gives what the daemon answers.
 *
 * @param stream whether it needs chunks
 * @param types the types that are read
 * @param retrieval sends the command, or returns what will
 */
record Answer(boolean stream, List<Type> types, Retrieval retrieval) {

	static Answer mono(Type type) {
		return single(type, (spec, arguments) -> retrieveMono(spec, type));
	}

	static Answer flux(Type type) {
		return new Answer(true, List.of(type), (spec, arguments) -> retrieveFlux(spec, type));
	}

	static Answer streaming(Type chunk, Type result) {
		return new Answer(true, List.of(chunk, result), (spec, arguments) -> retrieveStream(spec, chunk, result));
	}

	static Answer future(Type type) {
		return single(type, (spec, arguments) -> {
			CompletableFuture<?> result = retrieveMono(spec, type).toFuture();
			return result;
		});
	}

	static Answer optional(Type type, Method method) {
		return single(type, (spec, arguments) -> Optional.ofNullable(block(retrieveMono(spec, type), method)));
	}

	static Answer blocking(Type type, Method method) {
		boolean primitive = method.getReturnType().isPrimitive();
		return single(type, (spec, arguments) -> {
			Object result = block(retrieveMono(spec, type), method);
			if (result == null && primitive) {
				throw new IllegalStateException("%s: the daemon gave no result, and %s can't be null"
					.formatted(describe(method), method.getReturnType()));
			}
			return result;
		});
	}

	static Answer nothing(Method method) {
		return new Answer(false, List.of(), (spec, arguments) -> block(spec.retrieveMono(Void.class), method));
	}

	static Answer adapted(ReturnAdapter adapter, Method method, Type type) {
		if (adapter.isStream(method)) {
			return new Answer(true, List.of(type),
					(spec, arguments) -> adapter.adapt(retrieveFlux(spec, type), method, arguments));
		}
		return single(type, (spec, arguments) -> adapter.adapt(retrieveMono(spec, type), method, arguments));
	}

	static boolean isFuture(Class<?> type) {
		return type == CompletableFuture.class || type == CompletionStage.class;
	}

	private static Answer single(Type type, Retrieval retrieval) {
		return new Answer(false, List.of(type), retrieval);
	}

	private static Mono<?> retrieveMono(CommandSpec spec, Type type) {
		return (type instanceof Class<?> plain) ? spec.retrieveMono(plain)
				: spec.retrieveMono(GenericTypes.reference(type));
	}

	private static Flux<?> retrieveFlux(CommandSpec spec, Type type) {
		return (type instanceof Class<?> plain) ? spec.retrieveFlux(plain)
				: spec.retrieveFlux(GenericTypes.reference(type));
	}

	private static StreamingResponse<?, ?> retrieveStream(CommandSpec spec, Type chunk, Type result) {
		return (chunk instanceof Class<?> plainChunk && result instanceof Class<?> plainResult)
				? spec.retrieveStream(plainChunk, plainResult)
				: spec.retrieveStream(GenericTypes.reference(chunk), GenericTypes.reference(result));
	}

	private static @Nullable Object block(Mono<?> mono, Method method) {
		if (Schedulers.isInNonBlockingThread()) {
			throw new IllegalStateException(
					"%s blocks, and the thread '%s' must not: let the method return a Mono, or call it from another thread"
						.formatted(describe(method), Thread.currentThread().getName()));
		}
		return mono.block();
	}

	private static String describe(Method method) {
		return method.getDeclaringClass().getSimpleName() + "." + method.getName();
	}

	/**
	 * Sends a command, or returns what will.
	 */
	interface Retrieval {

		@Nullable Object retrieve(CommandSpec spec, @Nullable Object[] arguments);

	}

}
