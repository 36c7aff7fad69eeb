package dev.rustbridge.actuate.metrics;

/**
 * Names of events as tag values.
 */
final class EventNames {

	private EventNames() {
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
