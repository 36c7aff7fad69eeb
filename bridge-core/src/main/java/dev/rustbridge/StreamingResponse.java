package dev.rustbridge;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Both halves of one exchange. The first subscription to either sends the command; a
 * second exchange is a second method call. Both halves see the same error, and neither
 * must be observed.
 *
 * @param <C> a chunk
 * @param <R> the final result
 */
public interface StreamingResponse<C, R> {

	/**
	 * The chunks, under the demand of the one subscriber that they take. While only
	 * {@link #result()} is subscribed to they are held up to {@code stream-buffer}, then
	 * dropped, and a later subscription fails saying so.
	 * @return the chunks; cancelling ends the exchange
	 */
	Flux<C> chunks();

	/**
	 * The final result, replayed to any number of subscribers, after the end too.
	 * @return the result; empty when the daemon gives none
	 */
	Mono<R> result();

}
