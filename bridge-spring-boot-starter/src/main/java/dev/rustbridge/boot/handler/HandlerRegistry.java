package dev.rustbridge.boot.handler;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * All handlers and initializers among the beans of the application. Looks for them when
 * the first bridge is made, by the types of the beans alone.
 */
public final class HandlerRegistry {

	private final ConfigurableListableBeanFactory beanFactory;

	private final Scheduler scheduler;

	private @Nullable HandlerDiscovery found;

	/**
	 * Makes a registry.
	 * @param beanFactory has the beans
	 * @param scheduler where handlers run
	 */
	public HandlerRegistry(ConfigurableListableBeanFactory beanFactory, Scheduler scheduler) {
		this.beanFactory = beanFactory;
		this.scheduler = scheduler;
	}

	Scheduler scheduler() {
		return this.scheduler;
	}

	List<HandlerMethod> handlers() {
		return found().handlers();
	}

	List<InitializerMethod> initializers() {
		return found().initializers();
	}

	Stream<HandlerMethod> ofCalls(String bridge) {
		return of(bridge).filter((handler) -> !handler.repliesToEvents());
	}

	Stream<HandlerMethod> ofEvents(String bridge) {
		return of(bridge).filter(HandlerMethod::repliesToEvents);
	}

	private Stream<HandlerMethod> of(String bridge) {
		return handlers().stream().filter((handler) -> handler.annotation().bridge().equals(bridge));
	}

	private synchronized HandlerDiscovery found() {
		HandlerDiscovery known = this.found;
		if (known == null) {
			known = HandlerDiscovery.in(this.beanFactory, this.scheduler);
			this.found = known;
		}
		return known;
	}

}
