package dev.rustbridge.boot.event;

import java.util.List;
import java.util.function.Supplier;

import dev.rustbridge.boot.BridgeEventInterceptor;
import dev.rustbridge.boot.RustBridgeEvent;
import reactor.core.publisher.Mono;

import org.springframework.util.function.SingletonSupplier;

/**
 * What stands around the reactions to events. Asked for with the first of them: an
 * interceptor may itself need a bridge.
 */
public final class EventInterceptors {

	private final Supplier<List<BridgeEventInterceptor>> interceptors;

	/**
	 * Makes the chain.
	 * @param interceptors gives them, the first one outermost
	 */
	public EventInterceptors(Supplier<List<BridgeEventInterceptor>> interceptors) {
		this.interceptors = SingletonSupplier.of(interceptors);
	}

	/**
	 * Whether there is none.
	 * @return true if reactions are left as they are
	 */
	boolean isEmpty() {
		return this.interceptors.get().isEmpty();
	}

	/**
	 * Puts them around a reaction.
	 * @param event the event
	 * @param reaction what is done on it
	 * @return what is to be subscribed to in its place
	 */
	public Mono<?> around(RustBridgeEvent event, Mono<?> reaction) {
		List<BridgeEventInterceptor> chain = this.interceptors.get();
		Mono<?> whole = reaction;
		for (int index = chain.size() - 1; index >= 0; index--) {
			whole = chain.get(index).intercept(event, whole);
		}
		return whole;
	}

}
