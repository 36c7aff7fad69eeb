package dev.rustbridge.boot.event;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeStateChange;
import dev.rustbridge.RustBridge;

import org.springframework.context.ApplicationEventPublisher;

/**
 * The dispatchers of all bridges. They are attached as soon as a bridge is made, and
 * opened when the application's listeners are there.
 */
public final class EventDispatchers implements BridgeAttachment, AutoCloseable {

	private final Map<RustBridge, EventDispatcher> dispatchers = new ConcurrentHashMap<>();

	private final ApplicationEventPublisher publisher;

	private final EventFilter filter;

	private final EventInterceptors interceptors;

	private final DispatchExecutor executor;

	private volatile boolean opened;

	/**
	 * Makes dispatchers.
	 * @param publisher where to
	 * @param filter which ones
	 * @param interceptors what stands around
	 * @param executor on which threads
	 */
	public EventDispatchers(ApplicationEventPublisher publisher, EventFilter filter, EventInterceptors interceptors,
			DispatchExecutor executor) {
		this.publisher = publisher;
		this.filter = filter;
		this.interceptors = interceptors;
		this.executor = executor;
	}

	@Override
	public void attach(RustBridge bridge) {
		EventDispatcher dispatcher = new EventDispatcher(bridge, this.publisher, this.filter, this.interceptors,
				this.executor);
		if (this.dispatchers.putIfAbsent(bridge, dispatcher) == null) {
			bridge.events().subscribe(dispatcher);
			bridge.addListener(new BridgeListener() {

				@Override
				public void stateChanged(BridgeStateChange change) {
					dispatcher.stateChanged(change);
				}

			});
			if (this.opened) {
				dispatcher.open();
			}
		}
	}

	@Override
	public void open() {
		this.opened = true;
		this.dispatchers.values().forEach(EventDispatcher::open);
	}

	@Override
	public void close() {
		this.dispatchers.values().forEach(EventDispatcher::dispose);
	}

}
