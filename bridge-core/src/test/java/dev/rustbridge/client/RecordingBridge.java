package dev.rustbridge.client;

import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.function.Function;

import dev.rustbridge.CommandSpec;
import dev.rustbridge.RustBridge;
import dev.rustbridge.StreamingResponse;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;

/**
 * Stands in for a bridge: notes what a client asks for, and answers from the type that is
 * asked for. Bridges over real daemons have tests of their own.
 */
final class RecordingBridge {

	@Nullable String command;

	@Nullable Object params;

	@Nullable Duration timeout;

	@Nullable Publisher<?> upload;

	boolean idempotent;

	@Nullable Type type;

	@Nullable Type chunkType;

	Function<Type, Mono<?>> results = (type) -> Mono.empty();

	Flux<?> chunks = Flux.empty();

	/** Whether anything was subscribed to. */
	boolean sent;

	RustBridge bridge() {
		return (RustBridge) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { RustBridge.class },
				(proxy, method, args) -> switch (method.getName()) {
					case "command" -> {
						this.command = (String) args[0];
						yield new Recorder();
					}
					case "name" -> "search";
					default -> throw new UnsupportedOperationException(method.getName());
				});
	}

	@SuppressWarnings("unchecked")
	private final class Recorder implements CommandSpec {

		@Override
		public CommandSpec params(@Nullable Object params) {
			RecordingBridge.this.params = params;
			return this;
		}

		@Override
		public CommandSpec timeout(Duration timeout) {
			RecordingBridge.this.timeout = timeout;
			return this;
		}

		@Override
		public CommandSpec deadline(Duration deadline) {
			throw new UnsupportedOperationException();
		}

		@Override
		public CommandSpec idempotent() {
			RecordingBridge.this.idempotent = true;
			return this;
		}

		@Override
		public CommandSpec affinity(Object key) {
			throw new UnsupportedOperationException();
		}

		@Override
		public CommandSpec broadcast() {
			throw new UnsupportedOperationException();
		}

		@Override
		public CommandSpec upload(Publisher<?> items) {
			RecordingBridge.this.upload = items;
			return this;
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
			RecordingBridge.this.type = type;
			return (Mono<R>) Mono.defer(() -> {
				RecordingBridge.this.sent = true;
				return RecordingBridge.this.results.apply(type);
			});
		}

		private <C> Flux<C> flux(Type type) {
			RecordingBridge.this.chunkType = type;
			return (Flux<C>) RecordingBridge.this.chunks;
		}

		private <C, R> StreamingResponse<C, R> stream(Type chunkType, Type resultType) {
			Flux<C> chunks = flux(chunkType);
			Mono<R> result = mono(resultType);
			return new StreamingResponse<>() {

				@Override
				public Flux<C> chunks() {
					return chunks;
				}

				@Override
				public Mono<R> result() {
					return result;
				}

			};
		}

	}

}
