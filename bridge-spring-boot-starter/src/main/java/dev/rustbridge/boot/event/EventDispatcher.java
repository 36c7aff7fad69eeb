package dev.rustbridge.boot.event;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.RustBridgeEvent;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BaseSubscriber;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes the events of one bridge, one at a time and in their order. Asks for the next
 * one when the listeners are done with the last, so that those that wait do so in the
 * bridge, under its bounds and its overflow policy. Asks for none before it is opened: no
 * listener would hear them.
 */
final class EventDispatcher extends BaseSubscriber<BridgeEvent> {

	private static final Logger logger = LoggerFactory.getLogger(EventDispatcher.class);

	private final RustBridge bridge;

	private final ApplicationEventPublisher publisher;

	private final Executor executor;

	private final AtomicBoolean opened = new AtomicBoolean();

	EventDispatcher(RustBridge bridge, ApplicationEventPublisher publisher, Executor executor) {
		this.bridge = bridge;
		this.publisher = publisher;
		this.executor = executor;
	}

	void open() {
		if (this.opened.compareAndSet(false, true)) {
			request(1);
		}
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		// nothing is asked for before it is opened
	}

	@Override
	protected void hookOnNext(BridgeEvent event) {
		this.executor.execute(() -> {
			publish(event);
			request(1);
		});
	}

	@Override
	protected void hookOnError(Throwable ex) {
		logger.warn("No more events of bridge '{}' are published", this.bridge.name(), ex);
	}

	private void publish(BridgeEvent event) {
		try {
			this.publisher.publishEvent(new RustBridgeEvent(this.bridge, event));
		}
		catch (Throwable ex) {
			logger.error("A listener failed on event '{}' of bridge '{}'", event.name(), this.bridge.name(), ex);
		}
	}

}
