package dev.rustbridge.test;

/**
 * Tells a scripted daemon what it must know from the start, as what it answers to an
 * initializer. A bean of a test's configuration; called when the daemon is made, and
 * after each reset.
 *
 * @see AutoConfigureTestRustBridge
 */
@FunctionalInterface
public interface ScriptedDaemonCustomizer {

	/**
	 * Tells a daemon what to do.
	 * @param bridge the name of the bridge that it is behind
	 * @param daemon the daemon
	 */
	void customize(String bridge, ScriptedDaemon daemon);

}
