package dev.rustbridge.actuate.metrics;

import io.micrometer.core.instrument.Counter;

/**
 * The instruments of the events of one name. Both are made with the first event: a rate
 * of drops needs a zero to rise from.
 *
 * @param received those that came
 * @param dropped those that a subscriber had no room for
 */
record EventMeters(Counter received, Counter dropped) {

	static EventMeters of(Instruments instruments, String event) {
		return new EventMeters(instruments.counter(RustBridgeMeter.EVENTS, event),
				instruments.counter(RustBridgeMeter.EVENTS_DROPPED, event));
	}

	/**
	 * The name without what a daemon made up for one occasion: by the custom of the
	 * protocol that follows a colon, as in {@code watch:w_1}.
	 * @param name the name as it came
	 * @return {@code watch:*}, or the name itself
	 */
	static String family(String name) {
		int colon = name.indexOf(':');
		return (colon > 0) ? name.substring(0, colon + 1) + '*' : name;
	}

}
