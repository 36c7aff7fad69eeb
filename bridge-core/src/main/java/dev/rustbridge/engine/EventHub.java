package dev.rustbridge.engine;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.Connection;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * Gives the daemon's events to whoever subscribes, each with a bounded buffer of its own.
 */
final class EventHub {

	private final List<EventSubscription> subscriptions = new CopyOnWriteArrayList<>();

	private final BridgeContext context;

	private volatile boolean completed;

	EventHub(BridgeContext context) {
		this.context = context;
	}

	/**
	 * Publishes an event. On the loop.
	 * @param event the event
	 * @param connection where it came from
	 */
	void publish(BridgeEvent event, Connection connection) {
		for (EventSubscription subscription : this.subscriptions) {
			subscription.offer(event, connection);
		}
	}

	/** No more will come. On any thread, once nothing is published any more. */
	void complete() {
		this.completed = true;
		this.subscriptions.forEach(EventSubscription::complete);
	}

	Flux<BridgeEvent> events() {
		return matching((event) -> true);
	}

	Flux<BridgeEvent> events(String pattern) {
		Pattern regex = Pattern.compile(wildcard(pattern), Pattern.DOTALL);
		return matching((event) -> regex.matcher(event.name()).matches());
	}

	private Flux<BridgeEvent> matching(Predicate<BridgeEvent> filter) {
		return new Flux<>() {
			@Override
			public void subscribe(CoreSubscriber<? super BridgeEvent> actual) {
				EventHub.this.subscribe(filter, actual);
			}
		};
	}

	private void subscribe(Predicate<BridgeEvent> filter, CoreSubscriber<? super BridgeEvent> actual) {
		EventSubscription subscription = new EventSubscription(this.context, filter, actual,
				this.subscriptions::remove);
		actual.onSubscribe(subscription);
		this.subscriptions.add(subscription);
		if (subscription.isCancelled()) {
			this.subscriptions.remove(subscription);
		}
		else if (this.completed) {
			// the one who completed them may not have seen this one
			subscription.complete();
		}
	}

	private static String wildcard(String pattern) {
		return Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
	}

}
