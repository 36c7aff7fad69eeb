package dev.rustbridge.engine;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeOptions.OverflowPolicy;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.Connection;
import dev.rustbridge.connection.Durations;
import dev.rustbridge.connection.Holdup;
import dev.rustbridge.transport.LoopLog;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;

/**
 * The events of one subscriber, with those that it has no demand for. Filled and emptied
 * on the loop; after the end of that, what is left is given on the thread that requests.
 */
final class EventSubscription implements Subscription, Holdup {

	private static final LoopLog logger = LoopLog.of(EventSubscription.class);

	private final BridgeContext context;

	private final Predicate<BridgeEvent> filter;

	private final CoreSubscriber<? super BridgeEvent> actual;

	private final Consumer<EventSubscription> onEnd;

	private final int capacity;

	private final OverflowPolicy overflow;

	private final AtomicLong requested = new AtomicLong();

	private final AtomicBoolean terminated = new AtomicBoolean();

	/** Steps of the one who gives: whoever raises it from 0. Guards what follows. */
	private final AtomicInteger giving = new AtomicInteger();

	private final ArrayDeque<BridgeEvent> waiting = new ArrayDeque<>();

	private final Set<Connection> heldUp = new HashSet<>();

	private volatile boolean completed;

	private volatile @Nullable Throwable failure;

	EventSubscription(BridgeContext context, Predicate<BridgeEvent> filter, CoreSubscriber<? super BridgeEvent> actual,
			Consumer<EventSubscription> onEnd) {
		BridgeOptions.Events options = context.options().events();
		this.context = context;
		this.filter = filter;
		this.actual = actual;
		this.onEnd = onEnd;
		this.capacity = options.buffer();
		this.overflow = options.overflow();
	}

	/**
	 * Takes an event. On the loop.
	 * @param event the event
	 * @param connection where it came from
	 */
	void offer(BridgeEvent event, Connection connection) {
		if (isCancelled() || !this.filter.test(event)) {
			return;
		}
		if (this.waiting.size() >= this.capacity) {
			switch (this.overflow) {
				case DROP_OLDEST -> dropped(this.waiting.remove());
				case DROP_NEWEST -> {
					dropped(event);
					return;
				}
				case PAUSE -> {
					// what was read together with it comes still
				}
			}
		}
		this.waiting.add(event);
		give();
		if (this.overflow == OverflowPolicy.PAUSE && this.waiting.size() >= this.capacity && !isCancelled()
				&& this.heldUp.add(connection)) {
			connection.pauseReadingFor(this);
		}
	}

	private void dropped(BridgeEvent event) {
		this.context.tell((listener) -> listener.eventDropped(event.name()));
	}

	void complete() {
		this.completed = true;
		giveOnLoop();
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			this.requested.accumulateAndGet(n, Operators::addCap);
			giveOnLoop();
		}
	}

	@Override
	public void cancel() {
		if (this.terminated.compareAndSet(false, true)) {
			this.onEnd.accept(this);
			giveOnLoop();
		}
	}

	boolean isCancelled() {
		return this.terminated.get();
	}

	private void giveOnLoop() {
		if (this.context.loop().inLoop()) {
			give();
			return;
		}
		try {
			this.context.loop().execute(this::give);
		}
		catch (RejectedExecutionException ex) {
			// the bridge is closed: nothing comes in any more
			give();
		}
	}

	private void give() {
		if (this.giving.getAndIncrement() != 0) {
			return;
		}
		int steps = 1;
		while (steps != 0) {
			try {
				giveAll();
			}
			catch (RuntimeException ex) {
				logger.error("{} threw instead of cancelling; it is cancelled", describe(), ex);
				this.terminated.set(true);
				this.onEnd.accept(this);
			}
			steps = this.giving.addAndGet(-steps);
		}
	}

	private void giveAll() {
		while (!isCancelled() && !this.waiting.isEmpty() && this.requested.get() > 0) {
			if (this.requested.get() != Long.MAX_VALUE) {
				this.requested.decrementAndGet();
			}
			this.actual.onNext(this.waiting.remove());
		}
		if (isCancelled()) {
			this.waiting.clear();
		}
		if (this.waiting.size() <= this.capacity / 2) {
			this.heldUp.forEach((connection) -> connection.resumeReadingFor(this));
			this.heldUp.clear();
		}
		Throwable error = this.failure;
		if (error != null || (this.completed && this.waiting.isEmpty())) {
			end(error);
		}
	}

	private void end(@Nullable Throwable error) {
		if (!this.terminated.compareAndSet(false, true)) {
			return;
		}
		this.onEnd.accept(this);
		this.waiting.clear();
		if (error != null) {
			this.actual.onError(error);
		}
		else {
			this.actual.onComplete();
		}
	}

	@Override
	public String describe() {
		return "Bridge '" + this.context.bridge() + "': a subscriber of its events";
	}

	@Override
	public void giveUp(long stallNanos) {
		this.failure = Exceptions.failWithOverflow(describe() + " requested nothing for 'stream-stall-timeout' ("
				+ Durations.text(stallNanos) + ") while 'events.overflow' (pause) held up the whole connection");
		give();
	}

}
