package dev.rustbridge;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;

/**
 * A command on its way to being sent. Immutable: every method that sets something returns
 * a new spec, so that one may be kept and varied. The publishers are cold: nothing is
 * sent before a subscription, and each subscription sends anew.
 */
public interface CommandSpec {

	/**
	 * The parameters, written as JSON by the bridge's mapper when the command is sent.
	 * @param params any value; {@code null} and no call of this method send {@code {}}
	 * @return the command with these parameters
	 */
	CommandSpec params(@Nullable Object params);

	/**
	 * How long to wait: in total for a {@code Mono}; for a stream the longest inactivity
	 * of the daemon while the subscriber has demand. Default: {@code request-timeout} and
	 * {@code stream-timeout}.
	 * @param timeout a positive time
	 * @return the command with this timeout
	 */
	CommandSpec timeout(Duration timeout);

	/**
	 * The total time for the whole exchange, of a stream too. Goes out as
	 * {@code deadlineMs} where the daemon understands it.
	 * @param deadline a positive time, counted from the subscription
	 * @return the command with this deadline
	 */
	CommandSpec deadline(Duration deadline);

	/**
	 * Says that sending it twice does no harm: if the connection is lost before anything
	 * of the answer was delivered it is sent again, up to {@code idempotent-retries}
	 * times.
	 * @return the command, marked
	 */
	CommandSpec idempotent();

	/**
	 * Sends all commands with an equal key to the same instance of a pool, as long as
	 * that one is ready.
	 * @param key has {@code equals} and {@code hashCode}
	 * @return the command with this affinity
	 */
	CommandSpec affinity(Object key);

	/**
	 * Sends the command to every ready instance of a pool: a stream merges all answers, a
	 * {@code Mono} completes with the first instance's when all have answered, and fails
	 * if one fails.
	 * @return the command for all instances
	 */
	CommandSpec broadcast();

	/**
	 * Streams items to the daemon along with the command, as it grants credit. Needs the
	 * capability {@code upload}.
	 * @param items subscribed to once the command was sent; cancelled when its answer
	 * comes early
	 * @return the command with this upload
	 */
	CommandSpec upload(Publisher<?> items);

	/**
	 * The result. Empty when the daemon gives none, or {@code null}.
	 * @param <R> the result
	 * @param type {@code Void} when only the success matters
	 * @return the result; fails with a {@link BridgeException}
	 */
	<R> Mono<R> retrieveMono(Class<R> type);

	/**
	 * The result, of a generic type.
	 * @param <R> the result
	 * @param type the full type
	 * @return as {@link #retrieveMono(Class)}
	 */
	<R> Mono<R> retrieveMono(TypeReference<R> type);

	/**
	 * The chunks, under the demand of the subscriber; the final result is ignored.
	 * @param <C> a chunk; {@code byte[]} and {@code ByteBuffer} receive raw bytes where
	 * the daemon has the capability {@code bytes}
	 * @param type a chunk's type
	 * @return the chunks; cancelling ends the call
	 */
	<C> Flux<C> retrieveFlux(Class<C> type);

	/**
	 * The chunks, of a generic type.
	 * @param <C> a chunk
	 * @param type the full type
	 * @return as {@link #retrieveFlux(Class)}
	 */
	<C> Flux<C> retrieveFlux(TypeReference<C> type);

	/**
	 * Chunks and final result of one exchange.
	 * @param <C> a chunk
	 * @param <R> the result
	 * @param chunkType a chunk's type
	 * @param resultType the result's type
	 * @return both halves; nothing is sent before either is subscribed to
	 */
	<C, R> StreamingResponse<C, R> retrieveStream(Class<C> chunkType, Class<R> resultType);

	/**
	 * Chunks and final result of one exchange, of generic types.
	 * @param <C> a chunk
	 * @param <R> the result
	 * @param chunkType a chunk's full type
	 * @param resultType the result's full type
	 * @return as {@link #retrieveStream(Class, Class)}
	 */
	<C, R> StreamingResponse<C, R> retrieveStream(TypeReference<C> chunkType, TypeReference<R> resultType);

}
