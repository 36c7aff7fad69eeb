package dev.rustbridge.supervision;

/**
 * Whether this JVM is on its way down: daemons that end then, such as those that got the
 * same Ctrl-C, have not crashed.
 */
final class JvmShutdown {

	private JvmShutdown() {
	}

	/**
	 * Whether the shutdown hooks are running. Asked in this way nothing has to be
	 * registered that would outlive the bridges, nor a thread made for it that would keep
	 * the class loader of its maker.
	 * @return whether it has begun
	 */
	static boolean hasBegun() {
		try {
			Runtime.getRuntime().removeShutdownHook(Thread.currentThread());
			return false;
		}
		catch (IllegalStateException ex) {
			return true;
		}
	}

}
