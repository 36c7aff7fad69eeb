package dev.rustbridge.supervision;

/**
 * Tells whether the JVM is on its way out.
 */
final class JvmShutdown {

	private JvmShutdown() {
	}

	/**
	 * Whether the shutdown has begun. No hook of our own could tell: hooks run side by
	 * side.
	 * @return {@code true} once hooks run
	 */
	static boolean hasBegun() {
		try {
			Runtime.getRuntime().removeShutdownHook(new Thread("never registered"));
			return false;
		}
		catch (IllegalStateException ex) {
			return true;
		}
	}

}
