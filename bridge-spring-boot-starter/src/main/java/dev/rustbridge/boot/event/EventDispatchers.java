package dev.rustbridge.boot.event;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.rustbridge.RustBridge;

import org.springframework.context.ApplicationEventPublisher;

/**
 * The dispatchers of all bridges. They are attached as soon as a bridge is made, and
 * opened when the application's listeners are there.
 */
public final class EventDispatchers implements AutoCloseable {

	private final Map<RustBridge, EventDispatcher> dispatchers = new ConcurrentHashMap<>();

	private final ApplicationEventPublisher publisher;

	private final DispatchExecutor executor;

	private volatile boolean opened;

	/**
	 * Makes dispatchers.
	 * @param publisher where to
	 * @param executor on which threads
	 */
	public EventDispatchers(ApplicationEventPublisher publisher, DispatchExecutor executor) {
		this.publisher = publisher;
		this.executor = executor;
	}

	/**
	 * Begins to receive the events of a bridge.
	 * @param bridge a bridge
	 */
	public void attach(RustBridge bridge) {
		EventDispatcher dispatcher = new EventDispatcher(bridge, this.publisher, this.executor);
		if (this.dispatchers.putIfAbsent(bridge, dispatcher) == null) {
			bridge.events().subscribe(dispatcher);
			if (this.opened) {
				dispatcher.open();
			}
		}
	}

	/**
	 * Begins to publish, first what was held back.
	 */
	public void open() {
		this.opened = true;
		this.dispatchers.values().forEach(EventDispatcher::open);
	}

	@Override
	public void close() {
		this.dispatchers.values().forEach(EventDispatcher::dispose);
	}

}
