package dev.rustbridge.connection;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.rustbridge.StreamingResponse;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.SignalType;
import reactor.util.context.ContextView;
import tools.jackson.databind.JavaType;

/**
 * One exchange with two halves. The first subscription to either begins it.
 *
 * @param <C> a chunk
 * @param <R> the result
 */
public final class StreamExchange<C, R> implements StreamingResponse<C, R> {

	private final CommandRequest request;

	private final CallRouter router;

	private final JavaType chunkType;

	private final ResultHalf<R> resultHalf;

	private final AtomicReference<StreamCall<C>> call = new AtomicReference<>();

	private final AtomicBoolean begun = new AtomicBoolean();

	private final AtomicBoolean chunksTaken = new AtomicBoolean();

	private final AtomicInteger resultSubscribers = new AtomicInteger();

	/**
	 * Makes an exchange that has not begun.
	 * @param request what is asked for
	 * @param router brings it to a connection
	 * @param chunkType a chunk's type
	 * @param resultType the result's type
	 */
	public StreamExchange(CommandRequest request, CallRouter router, JavaType chunkType, JavaType resultType) {
		this.request = request;
		this.router = router;
		this.chunkType = chunkType;
		this.resultHalf = new ResultHalf<>(resultType);
	}

	@Override
	public Flux<C> chunks() {
		return new Flux<>() {
			@Override
			public void subscribe(CoreSubscriber<? super C> actual) {
				subscribeToChunks(actual);
			}
		};
	}

	private void subscribeToChunks(CoreSubscriber<? super C> actual) {
		if (!this.chunksTaken.compareAndSet(false, true)) {
			Operators.error(actual, new IllegalStateException("The chunks of method '" + this.request.method()
					+ "' take one subscriber: a second exchange is a second method call"));
			return;
		}
		StreamCall<C> exchange = call(actual.currentContext());
		boolean first = start(exchange);
		exchange.attach(actual);
		if (first) {
			exchange.begin();
		}
	}

	@Override
	public Mono<R> result() {
		return Mono.deferContextual((context) -> {
			StreamCall<C> exchange = call(context);
			this.resultSubscribers.incrementAndGet();
			return this.resultHalf.mono().doOnSubscribe((subscription) -> {
				if (start(exchange)) {
					exchange.begin();
				}
			}).doFinally((signal) -> {
				// after it is gone: it must not be told of its own cancel
				if (signal == SignalType.CANCEL) {
					resultCancelled(exchange);
				}
			});
		});
	}

	/** With nobody left who could see anything of it, the exchange is over. */
	private void resultCancelled(StreamCall<C> exchange) {
		if (this.resultSubscribers.decrementAndGet() == 0 && !this.chunksTaken.get()) {
			exchange.cancelUnobserved();
		}
	}

	private StreamCall<C> call(ContextView context) {
		StreamCall<C> existing = this.call.get();
		if (existing != null) {
			return existing;
		}
		StreamCall<C> created = new StreamCall<>(this.request, this.router, this.chunkType, this.resultHalf, context);
		StreamCall<C> first = this.call.compareAndExchange(null, created);
		return (first != null) ? first : created;
	}

	private boolean start(StreamCall<C> exchange) {
		if (!this.begun.compareAndSet(false, true)) {
			return false;
		}
		exchange.start();
		return true;
	}

}
