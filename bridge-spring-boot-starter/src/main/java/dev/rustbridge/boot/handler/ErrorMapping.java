package dev.rustbridge.boot.handler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

import dev.rustbridge.BridgeCall;
import dev.rustbridge.BridgeDecodingException;
import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.boot.BridgeExceptionHandler;
import dev.rustbridge.boot.BridgeHandlerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

import org.springframework.core.ExceptionDepthComparator;

/**
 * How the failures of a bean's handlers are told to the daemon.
 */
final class ErrorMapping {

	private static final Logger logger = LoggerFactory.getLogger(ErrorMapping.class);

	private static final String ACCESS_DENIED = "org.springframework.security.access.AccessDeniedException";

	private final Map<Class<? extends Throwable>, Mapper> mappers = new LinkedHashMap<>();

	void add(Class<? extends Throwable> type, BridgeExceptionHandler annotation, BeanMethod method) {
		this.mappers.put(type, new Mapper(annotation.code(), method));
	}

	/** The error of a call, with a code. */
	<T> Mono<T> asFailure(Throwable failure, BridgeCall call) {
		Throwable error = Exceptions.unwrap(failure);
		Mapper mapper = find(error);
		if (mapper == null) {
			return Mono.error(byDefault(error, call));
		}
		return mapper.method()
			.invoke(error)
			.map(Object::toString)
			.defaultIfEmpty(words(error))
			.flatMap((words) -> Mono.error(failed(call, words, mapper.code(), error)));
	}

	/** The reply to an event, if a method says what it is. */
	Mono<Object> asReply(Throwable failure) {
		Throwable error = Exceptions.unwrap(failure);
		Mapper mapper = find(error);
		if (mapper == null) {
			return Mono.error(error);
		}
		return mapper.method()
			.invoke(error)
			.filter((value) -> !(value instanceof CharSequence))
			.switchIfEmpty(Mono.error(error));
	}

	private @Nullable Mapper find(Throwable error) {
		List<Class<? extends Throwable>> matching = new ArrayList<>();
		for (Class<? extends Throwable> type : this.mappers.keySet()) {
			if (type.isInstance(error)) {
				matching.add(type);
			}
		}
		if (matching.isEmpty()) {
			return null;
		}
		return this.mappers.get(ExceptionDepthComparator.findClosestMatch(matching, error));
	}

	private static Throwable byDefault(Throwable error, BridgeCall call) {
		if (error instanceof BridgeDecodingException || error instanceof CommandFailedException) {
			return error;
		}
		if (error instanceof BridgeHandlerException chosen) {
			return failed(call, words(error), chosen.code(), error);
		}
		if (error instanceof IllegalArgumentException) {
			return failed(call, words(error), "INVALID_PARAMS", error);
		}
		if (error instanceof TimeoutException) {
			return failed(call, words(error), "DEADLINE_EXCEEDED", error);
		}
		if (isA(error.getClass(), ACCESS_DENIED)) {
			return failed(call, words(error), "PERMISSION_DENIED", error);
		}
		// logged by the bridge, and answered with INTERNAL
		return error;
	}

	/** By name: Spring Security need not be there. */
	private static boolean isA(@Nullable Class<?> type, String name) {
		return type != null && (type.getName().equals(name) || isA(type.getSuperclass(), name));
	}

	private static CommandFailedException failed(BridgeCall call, String words, String code, Throwable cause) {
		logger.debug("Bridge '{}': the call of '{}' is answered with {}", call.bridge(), call.method(), code, cause);
		return new CommandFailedException(new Origin(call.bridge(), call.method(), null), words, code, null);
	}

	private static String words(Throwable error) {
		return Objects.requireNonNullElse(error.getMessage(), error.getClass().getSimpleName());
	}

	/**
	 * A method that maps an exception.
	 *
	 * @param code the code that goes with it
	 * @param method the method
	 */
	private record Mapper(String code, BeanMethod method) {

	}

}
