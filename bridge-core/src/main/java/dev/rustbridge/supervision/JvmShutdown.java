package dev.rustbridge.supervision;

/**
 * Whether this JVM is on its way down: daemons that end then, such as those that got the
 * same Ctrl-C, have not crashed.
 */
final class JvmShutdown {

	private static final Thread NEVER_REGISTERED = new Thread("never registered");

	private JvmShutdown() {
	}

	/**
	 * Whether the shutdown hooks are running. Asked in this way nothing has to be
	 * registered that would outlive the bridges.
	 * @return whether it has begun
	 */
	static boolean hasBegun() {
		try {
			Runtime.getRuntime().removeShutdownHook(NEVER_REGISTERED);
			return false;
		}
		catch (IllegalStateException ex) {
			return true;
		}
	}

}
