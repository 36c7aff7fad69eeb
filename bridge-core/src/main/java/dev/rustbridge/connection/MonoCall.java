package dev.rustbridge.connection;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import dev.rustbridge.BridgeListener.Outcome;
import dev.rustbridge.protocol.Envelope;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import tools.jackson.databind.JavaType;

/**
 * A command with one result.
 *
 * @param <R> the result
 */
public final class MonoCall<R> extends Call implements Subscription {

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<MonoCall> SIGNALS = AtomicIntegerFieldUpdater
		.newUpdater(MonoCall.class, "signals");

	private static final int REQUESTED = 1;

	private static final int HAS_VALUE = 2;

	private static final int CANCELLED = 4;

	private final CoreSubscriber<? super R> actual;

	private final JavaType type;

	private volatile int signals;

	private @Nullable R value;

	private MonoCall(CommandRequest request, CallRouter router, JavaType type, CoreSubscriber<? super R> actual) {
		super(request, router, actual.currentContext());
		this.type = type;
		this.actual = actual;
	}

	/**
	 * A cold publisher of the result.
	 * @param <R> the result
	 * @param request what is asked for
	 * @param router brings it to a connection
	 * @param type the result's type
	 * @return a publisher that sends anew for each subscription
	 */
	public static <R> Mono<R> mono(CommandRequest request, CallRouter router, JavaType type) {
		return new Mono<>() {
			@Override
			public void subscribe(CoreSubscriber<? super R> actual) {
				MonoCall<R> call = new MonoCall<>(request, router, type, actual);
				call.start();
				actual.onSubscribe(call);
				call.begin();
			}
		};
	}

	@Override
	long totalDeadline(long start) {
		long timeout = Objects.requireNonNullElse(request().timeout(), context().options().requestTimeout()).toNanos();
		var deadline = request().deadline();
		return start + ((deadline != null) ? Math.min(timeout, deadline.toNanos()) : timeout);
	}

	@Override
	void onChunk(Envelope envelope) {
		// only the result was asked for
	}

	@Override
	void onResponse(Envelope envelope) {
		if (!envelope.success()) {
			fail(Answers.failure(this, envelope));
			return;
		}
		@Nullable R result;
		try {
			result = Answers.value(this, envelope, this.type);
		}
		catch (RuntimeException ex) {
			fail(ex);
			return;
		}
		if (!end()) {
			return;
		}
		tellEnded(Outcome.SUCCESS, null);
		if (result == null) {
			this.actual.onComplete();
			return;
		}
		this.value = result;
		int before = SIGNALS.getAndAccumulate(this, HAS_VALUE, (held, added) -> held | added);
		if ((before & REQUESTED) != 0) {
			emit(result);
		}
	}

	private void emit(R result) {
		if ((this.signals & CANCELLED) != 0) {
			Operators.onDiscard(result, this.actual.currentContext());
			return;
		}
		this.actual.onNext(result);
		this.actual.onComplete();
	}

	@Override
	void signalError(Throwable error) {
		if ((this.signals & CANCELLED) != 0) {
			Operators.onErrorDropped(error, this.actual.currentContext());
			return;
		}
		this.actual.onError(error);
	}

	@Override
	public void request(long n) {
		if (!Operators.validate(n)) {
			return;
		}
		int before = SIGNALS.getAndAccumulate(this, REQUESTED, (held, added) -> held | added);
		R result = this.value;
		if ((before & (REQUESTED | HAS_VALUE)) == HAS_VALUE && result != null) {
			emit(result);
		}
	}

	@Override
	public void cancel() {
		SIGNALS.getAndAccumulate(this, CANCELLED, (held, added) -> held | added);
		cancelCall();
	}

}
