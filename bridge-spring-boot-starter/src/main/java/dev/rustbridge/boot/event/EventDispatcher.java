package dev.rustbridge.boot.event;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeStateChange;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.RustBridgeEvent;
import dev.rustbridge.boot.RustBridgeStateEvent;
import dev.rustbridge.boot.propagation.ThreadContext;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes the events of one bridge, one at a time and in their order. Asks for the next
 * one when the listeners are done with the last, so that those that wait do so in the
 * bridge, under its bounds and its overflow policy. Asks for none before it is opened: no
 * listener would hear them.
 */
final class EventDispatcher extends BaseSubscriber<BridgeEvent> {

	/** A bridge that changes its state so often has other worries. */
	private static final int MAX_STATES = 256;

	private static final Logger logger = LoggerFactory.getLogger(EventDispatcher.class);

	private final RustBridge bridge;

	private final ApplicationEventPublisher publisher;

	private final EventFilter filter;

	private final EventInterceptors interceptors;

	private final Executor executor;

	private final Queue<ApplicationEvent> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger states = new AtomicInteger();

	/** What is queued or being published; whoever raises it from 0 starts the drain. */
	private final AtomicInteger work = new AtomicInteger();

	private final AtomicBoolean opened = new AtomicBoolean();

	EventDispatcher(RustBridge bridge, ApplicationEventPublisher publisher, EventFilter filter,
			EventInterceptors interceptors, Executor executor) {
		this.bridge = bridge;
		this.publisher = publisher;
		this.filter = filter;
		this.interceptors = interceptors;
		this.executor = executor;
		// until it is opened nobody drains
		this.work.set(1);
	}

	void open() {
		if (this.opened.compareAndSet(false, true)) {
			request(1);
			if (this.work.decrementAndGet() > 0) {
				startDrain();
			}
		}
	}

	void stateChanged(BridgeStateChange change) {
		if (this.states.incrementAndGet() > MAX_STATES) {
			this.states.decrementAndGet();
			logger.warn("Bridge '{}' changes its state faster than listeners take it: {} is not published",
					this.bridge.name(), change);
			return;
		}
		enqueue(new RustBridgeStateEvent(this.bridge, change));
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		// nothing is asked for before it is opened
	}

	@Override
	protected void hookOnNext(BridgeEvent event) {
		if (this.filter.isPublished(event)) {
			enqueue(new RustBridgeEvent(this.bridge, event));
		}
		else {
			request(1);
		}
	}

	@Override
	protected void hookOnError(Throwable ex) {
		logger.warn("No more events of bridge '{}' are published", this.bridge.name(), ex);
	}

	private void enqueue(ApplicationEvent event) {
		this.queue.add(event);
		if (this.work.getAndIncrement() == 0) {
			startDrain();
		}
	}

	private void startDrain() {
		try {
			this.executor.execute(this::drain);
		}
		catch (RejectedExecutionException ex) {
			// the application is gone, and its listeners with it
			logger.debug("Bridge '{}': {} events come too late", this.bridge.name(), this.work.get(), ex);
		}
	}

	private void drain() {
		do {
			ApplicationEvent event = this.queue.remove();
			publish(event);
			if (event instanceof RustBridgeEvent) {
				request(1);
			}
			else {
				this.states.decrementAndGet();
			}
		}
		while (this.work.decrementAndGet() > 0);
	}

	private void publish(ApplicationEvent event) {
		try {
			if (event instanceof RustBridgeEvent bridgeEvent && !this.interceptors.isEmpty()) {
				// in their order: the next one comes when this one is through
				this.interceptors.around(bridgeEvent, publication(bridgeEvent)).block();
			}
			else {
				this.publisher.publishEvent(event);
			}
		}
		catch (RuntimeException | Error ex) {
			logger.error("A listener failed on {}", event, ex);
		}
	}

	private Mono<Void> publication(RustBridgeEvent event) {
		return Mono.deferContextual((context) -> {
			try (ThreadContext.Scope scope = ThreadContext.of(context)) {
				this.publisher.publishEvent(event);
			}
			return Mono.empty();
		});
	}

}
