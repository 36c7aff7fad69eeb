package dev.rustbridge.connection;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.rustbridge.CommandSpec;
import dev.rustbridge.StreamingResponse;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;

/**
 * A command that knows who brings it to a connection.
 */
public final class RoutedCommand implements CommandSpec {

	private final CommandRequest request;

	private final CallRouter router;

	private RoutedCommand(CommandRequest request, CallRouter router) {
		this.request = request;
		this.router = router;
	}

	/**
	 * Begins a command.
	 * @param method the method
	 * @param router brings it to a connection
	 * @return the command
	 */
	public static CommandSpec of(String method, CallRouter router) {
		if (method.isBlank()) {
			throw new IllegalArgumentException(
					"Bridge '" + router.context().bridge() + "': the method of a command must not be empty");
		}
		return new RoutedCommand(CommandRequest.of(method), router);
	}

	private CommandSpec with(CommandRequest changed) {
		return new RoutedCommand(changed, this.router);
	}

	@Override
	public CommandSpec params(@Nullable Object params) {
		return with(this.request.withParams(params));
	}

	@Override
	public CommandSpec timeout(Duration timeout) {
		return with(this.request.withTimeout(positive(timeout, "timeout")));
	}

	@Override
	public CommandSpec deadline(Duration deadline) {
		return with(this.request.withDeadline(positive(deadline, "deadline")));
	}

	private Duration positive(Duration value, String what) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException("Bridge '" + this.router.context().bridge() + "', method '"
					+ this.request.method() + "': its " + what + " is " + value + ", but must be longer than 0");
		}
		return value;
	}

	@Override
	public CommandSpec idempotent() {
		return with(this.request.asIdempotent());
	}

	@Override
	public CommandSpec affinity(Object key) {
		return with(this.request.withAffinity(Objects.requireNonNull(key, "key")));
	}

	@Override
	public CommandSpec broadcast() {
		return with(this.request.toAll(true));
	}

	@Override
	public CommandSpec upload(Publisher<?> items) {
		return with(this.request.withUpload(Objects.requireNonNull(items, "items")));
	}

	@Override
	public <R> Mono<R> retrieveMono(Class<R> type) {
		return mono(type);
	}

	@Override
	public <R> Mono<R> retrieveMono(TypeReference<R> type) {
		return mono(type.getType());
	}

	@Override
	public <C> Flux<C> retrieveFlux(Class<C> type) {
		return flux(type);
	}

	@Override
	public <C> Flux<C> retrieveFlux(TypeReference<C> type) {
		return flux(type.getType());
	}

	@Override
	public <C, R> StreamingResponse<C, R> retrieveStream(Class<C> chunkType, Class<R> resultType) {
		return stream(chunkType, resultType);
	}

	@Override
	public <C, R> StreamingResponse<C, R> retrieveStream(TypeReference<C> chunkType, TypeReference<R> resultType) {
		return stream(chunkType.getType(), resultType.getType());
	}

	private <R> Mono<R> mono(Type type) {
		JavaType resultType = type(type);
		if (!this.request.broadcast()) {
			return MonoCall.mono(this.request, this.router, resultType);
		}
		CommandRequest single = this.request.toAll(false);
		return Flux.defer(() -> {
			List<Mono<R>> answers = this.router.all()
				.stream()
				.map((target) -> MonoCall.<R>mono(single, target, resultType))
				.toList();
			return Flux.mergeSequential(answers);
		}).collectList().flatMap((results) -> Mono.justOrEmpty(results.stream().findFirst()));
	}

	private <C> Flux<C> flux(Type type) {
		JavaType chunkType = type(type);
		if (!this.request.broadcast()) {
			return StreamCall.flux(this.request, this.router, chunkType);
		}
		CommandRequest single = this.request.toAll(false);
		return Flux.defer(() -> Flux
			.merge(this.router.all().stream().map((target) -> StreamCall.<C>flux(single, target, chunkType)).toList()));
	}

	private <C, R> StreamingResponse<C, R> stream(Type chunkType, Type resultType) {
		if (this.request.broadcast()) {
			throw new IllegalStateException(
					"Bridge '" + this.router.context().bridge() + "', method '" + this.request.method()
							+ "': a broadcast has no single exchange; use retrieveFlux or retrieveMono");
		}
		return new StreamExchange<>(this.request, this.router, type(chunkType), type(resultType));
	}

	private JavaType type(Type type) {
		return this.router.context().codec().type(type);
	}

}
